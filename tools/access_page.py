"""docs/access.md: the access table for those who approve it, made from the code that asks it.

python -m tools.access_page
"""

from collections.abc import Iterable, Iterator

from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.access import CALL_ROLE, IN_CALL, TABLE, Action, Who
from chalicelib.domain.visit import Status
from local.settings import ROOT

PAGE = ROOT / "docs" / "access.md"
ROLES: tuple[Who, ...] = ("clinician", "admin", "support", "staff", "colleague", "patient", "ombud", "guest", "system")
ABOUT: dict[Who, str] = {
    "anyone": "without a session; what is counted is limited by address",
    "clinician": "staff of the organisation who give care",
    "admin": "staff who administer the organisation",
    "support": "staff who help others; reads what is no patient's",
    "staff": "in a visit: its owner and added Sjukvårdspersonal, all clinicians",
    "colleague": "in a visit: a clinician who is a guest of it",
    "patient": "in a visit: came by the personal link and showed who they are with e-ID",
    "ombud": "in a visit: the guardian who acts for a child under 13, likewise",
    "guest": "in a visit: came by the personal link",
    "system": "another system, such as VAS, by its token ([integration.md](integration.md))",
}
LIVE: dict[Action, str] = {
    "view": "live socket: `watch` (staff), opening (visitors)",
    "own_session": "live socket: opening",
    "start_call": "`POST /visits/{visit_id}/call/join` while no call runs",
}
HEAD = """# Who may do what

Made by `tools/access_page.py` from [`functions/chalicelib/domain/access.py`](../functions/chalicelib/domain/access.py),
the one table that each route, live message and join token asks; a test holds this page to it, and another tries every role
on every route in every state of a visit.

**yes** means in every state; else the states are named. An empty cell is refused. First it is asked whose the visit is:
who has no place in it gets the answer of a visit that is not there.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, *_roles(), *_table(), *_in_call(), *_routes(ENDPOINTS)]
    return "\n".join(parts) + "\n"


def _roles() -> Iterator[str]:
    yield "## Roles\n\n| role | who |\n| --- | --- |"
    yield from (f"| {role} | {about} |" for role, about in ABOUT.items())


def _table() -> Iterator[str]:
    yield f"\n## Actions\n\n| action | {' | '.join(ROLES)} |\n| --- |{' --- |' * len(ROLES)}"
    for action, row in TABLE.items():
        if "anyone" not in row:
            yield f"| {action} | {' | '.join(_cell(row.get(role)) for role in ROLES)} |"
    free = ", ".join(f"`{action}`" for action, row in TABLE.items() if "anyone" in row)
    yield f"\nOpen to anyone: {free}."


def _cell(statuses: frozenset[Status] | None) -> str:
    if statuses is None:
        return ""
    return "yes" if statuses == frozenset(Status) else ", ".join(s.value for s in Status if s in statuses)


def _in_call() -> Iterator[str]:
    yield "\n## In the call\n\nWhat a join token grants (docs/protocol.md §1).\n"
    yield "| role | in the call as | rights |\n| --- | --- | --- |"
    yield from (f"| {role} | {CALL_ROLE[role]} | {', '.join(rights)} |" for role, rights in IN_CALL.items())


def _routes(endpoints: Iterable[Endpoint]) -> Iterator[str]:
    yield "\n## Where each is asked\n\n| action | routes |\n| --- | --- |"
    for action in TABLE:
        routes = [f"`{one.method} {one.path}`" for one in endpoints if one.action == action]
        yield f"| {action} | {', '.join([*routes, *([LIVE[action]] if action in LIVE else [])])} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
