"""Measurements of the platform, run by hand: ``python -m benchmarks.<name>``."""
