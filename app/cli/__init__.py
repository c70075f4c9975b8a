"""Regiemap without a window: plain Dutch for people, `--json` for machines."""
