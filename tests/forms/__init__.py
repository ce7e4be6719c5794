"""Invented texts in the forms of many provinces, each with its right reading and what must be told of it."""
