"""Regiemap without a window: everything a user can do is a service call here."""
