"""Pages are declared beside their views, which may not know the shell; the shell reads the declarations."""

from ui.views.page_spec import PageSpec

__all__ = ["PageSpec"]
