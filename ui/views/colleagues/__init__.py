"""Colleagues: their devices and what is known of them, and the own card to hand out."""
