"""The fixed wording of papers, from a content pack: key, then language, then text with `{placeholders}`."""

from collections.abc import Mapping

from app.domain.paper import Phrase

PaperTexts = Mapping[str, Mapping[str, str]]


class Wording:
    """The wording of one paper in its language, and in a second one when it has two side by side."""

    def __init__(self, texts: PaperTexts, language: str, second_language: str = "") -> None:
        self._texts = texts
        self.language, self.second_language = language, second_language

    def text(self, key: str, **params: str | int) -> str:
        """Return the text of `key` in the paper's language. Raises KeyError for a key the pack does not
        have.
        """
        return self._said(key, self.language, params)

    def beside(self, key: str, **params: str | int) -> str:
        """Return the text of `key` in the second language, "" when paper or text has none."""
        has_it = bool(self.second_language) and self.second_language in self._texts[key]
        return self._said(key, self.second_language, params) if has_it else ""

    def phrase(self, key: str, **params: str | int) -> Phrase:
        """Return both."""
        return Phrase(self.text(key, **params), self.beside(key, **params))

    def has(self, key: str) -> bool:
        """Tell whether the pack has `key`."""
        return key in self._texts

    def _said(self, key: str, language: str, params: Mapping[str, str | int]) -> str:
        return self._texts[key][language].format(**params)
