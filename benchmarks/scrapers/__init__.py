"""How fast pages are fetched, archived and read, beside plain peers, over loopback in one run."""
