"""The words every room shares: records, ids, periods, places, text and numbers, and where things lie."""

__version__ = "0.1.0"
