"""Exchange by file: cards, trust, the format of packages, giving and taking."""
