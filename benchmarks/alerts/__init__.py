"""How right the alerts are: a generated country, faults planted at known places, and what the gates say of them."""
