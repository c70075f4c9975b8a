"""Packages: what officers give each other as one file, and how it is taken in."""
