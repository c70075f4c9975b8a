"""Counts over the whole store, each with what exactly was counted."""
