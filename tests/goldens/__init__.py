"""Frozen results: what reading and checking gave, line by line, so that every change of a result is seen and named."""
