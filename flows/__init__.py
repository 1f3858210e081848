"""When things run, in which order, with which retries and limits; and the ``coso`` command line.

Nothing here knows how a page is parsed, a fact read, a check made or a table built.
"""
