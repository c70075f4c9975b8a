"""A quick note from anywhere, and what was done on a day."""
