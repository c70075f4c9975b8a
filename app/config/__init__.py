"""What the program knows before any store is open: where things lie, its version, and settings without case data."""
