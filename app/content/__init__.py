"""The content packs: what may change without a release. Read from resources/content, checked, never code."""
