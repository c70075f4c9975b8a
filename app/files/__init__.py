"""Other people's formats: reading, checking and writing files. Knows no storage."""
