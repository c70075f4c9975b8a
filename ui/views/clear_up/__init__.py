"""What is to be cleared up: two values that both stand, for a person to choose between."""
