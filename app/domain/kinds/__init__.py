"""All record kinds of the plan. Importing this package declares them; `resources/schema.lock` keeps their names."""

from app.domain.kinds import departure, dossier, papers, person, place, request, sensitive, talk

__all__ = ["departure", "dossier", "papers", "person", "place", "request", "sensitive", "talk"]
