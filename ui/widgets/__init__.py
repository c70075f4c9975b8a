"""Reusable widgets in the house look; each knows roles and words, none knows a service."""
