"""A page made of questions: requests, facts, notes and changes of a family are all written down with it."""
