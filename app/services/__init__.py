"""Use cases, one file per noun. A public function or method is one transaction and returns frozen dataclasses."""
