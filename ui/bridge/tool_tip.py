"""Text for a tool tip: Qt would draw a name with markup in it as rich text, and load what it names."""

from html import escape

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """`text` so that a tool tip shows every sign of it as it stands."""
    return f"<qt>{escape(text)}</qt>" if Qt.mightBeRichText(text) else text
