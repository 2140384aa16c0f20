"""The keys of a contributor."""

from __future__ import annotations

from publisher.load.config.relators import Relator
from publisher.load.yaml.formats import WORDS
from publisher.load.yaml.schema import Keys, Record, Values, optional, required
from publisher.model.settings import Contributor


class ContributorKeys(Keys):
    """A contributor."""

    name = required("name", WORDS, about="the name as it is printed")
    sort = optional("sort", WORDS, about="the name as it is filed: Lendman, Stephen")
    role = required("role", Relator(), about="MARC relator code: aut, edt, trl, …")
    note = optional("note", WORDS, about="a reservation shown with the name: attributed")


def _contributor(given: Values) -> Contributor:
    sort = given[ContributorKeys.sort] or given[ContributorKeys.name]
    return Contributor(**ContributorKeys.fields(given, Contributor) | {"sort": sort})


CONTRIBUTOR_RECORD = Record(
    keys=ContributorKeys.all(), build=_contributor, empty=Contributor(name="", role="aut", sort="")
)
