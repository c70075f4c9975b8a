"""The page of one family, its tabs and its form."""
