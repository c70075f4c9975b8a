"""What the field knows: records, value objects and rules. Imports the standard library only."""
