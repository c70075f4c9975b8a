"""In SQL: a cell as it counts. On which two values stand, nothing is known (settled rule 10)."""


def settled(alias: str, field: str) -> str:
    """The column `field` of the record table `alias`; NULL while its value is disputed."""
    return (
        f"CASE WHEN NOT EXISTS (SELECT 1 FROM j_conflict k WHERE k.rec = {alias}.id AND k.field = '{field}')"
        f' THEN {alias}."{field}" END'
    )
