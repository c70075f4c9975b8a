"""Unlocking: the screen at each start, and the form that the lock shows too."""
