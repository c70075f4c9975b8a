"""Scenes for the picture sheets: one module per group of screens, each with a tuple `SCENES`."""
