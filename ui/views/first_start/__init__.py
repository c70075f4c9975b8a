"""First start: a short wizard that makes the store."""
