"""A file of families of four, in which some persons stand twice."""

import json

from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from tools.measure.family import text_of


def file_with_twins(persons: int) -> bytes:
    """Some persons are in it twice; one has another name and no full date of birth."""
    data = json.loads("".join(text_of(persons)))
    made = [record for record in data["records"] if record["kind"] == "person"]
    for number in (3, persons // 3, persons // 2):
        made[number]["fields"].update(made[number + persons // 8]["fields"])
    made[7 % persons]["fields"]["birth_date"] = "?"
    alias = Alias(id=new_id(), scope=made[7 % persons]["id"], family_name="Voorbeeld", given_names="Armen")
    fields = {"family_name": alias.family_name, "given_names": alias.given_names}
    data["records"].append({"kind": "alias", "id": alias.id, "scope": alias.scope, "fields": fields})
    return json.dumps(data, ensure_ascii=False).encode()
