"""The main window: rail, pages, navigation, cover and lock. It only wires."""
