"""Rare meetings, each in a world of two or three laptops made for it."""
