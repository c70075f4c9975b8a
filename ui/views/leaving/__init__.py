"""A family leaves: handed over, taken off this laptop, destroyed."""
