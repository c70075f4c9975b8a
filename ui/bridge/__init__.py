"""The Qt side of the ports: theme, icons, background work, change feed, crash reports."""
