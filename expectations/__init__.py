"""What is wrong, for which province, since when, and who is told.

Two gates judge tables (``gates``), failing rows become incidents with a life (``incidents``), and changes of
incidents are told once (``alerts``). Great Expectations is imported only when a gate runs.
"""
