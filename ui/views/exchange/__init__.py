"""Exchange by file: giving families to colleagues, taking theirs in, who has what, and looking into a file."""
