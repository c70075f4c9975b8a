"""Travel documents: the list over all dossiers, the tab of a family, a request and its forms."""
