"""Exchange by file: packages that one device seals for another, their form and what is done with them."""
