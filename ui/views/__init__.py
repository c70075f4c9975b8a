"""Screens: one folder or pair of files per screen."""
