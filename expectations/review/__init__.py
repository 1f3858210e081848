"""What people decide about facts that the engine is not sure of.

``readings`` finds the facts, ``decisions`` keeps what was decided, ``rulings`` says how each decision stands
against what is read today, ``amend`` reads corrections, ``sheet`` carries the queue to a table and back.
"""
