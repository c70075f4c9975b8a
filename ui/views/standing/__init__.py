"""How a family stands, came in and left: a tab of the family and the forms around it."""
