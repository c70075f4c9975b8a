"""What cannot be right in the records, and the way to the field."""
