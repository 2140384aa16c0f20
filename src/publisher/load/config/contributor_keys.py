"""The keys of a contributor."""

from __future__ import annotations

from publisher.load.config.relators import Relator
from publisher.load.yaml.formats import WORDS
from publisher.load.yaml.schema import Record, Values, optional, required
from publisher.model.settings import Contributor

NAME_OF = required("name", WORDS, about="the name as it is printed")
SORT = optional("sort", WORDS, about="the name as it is filed: Lendman, Stephen")
ROLE = required("role", Relator(), about="MARC relator code: aut, edt, trl, …")
NOTE = optional("note", WORDS, about="a reservation shown with the name: attributed")


def _contributor(given: Values) -> Contributor:
    name = given[NAME_OF]
    return Contributor(name=name, role=given[ROLE], sort=given[SORT] or name, note=given[NOTE])


CONTRIBUTOR_RECORD = Record(
    keys=(NAME_OF, SORT, ROLE, NOTE), build=_contributor, empty=Contributor(name="", role="aut", sort="")
)
