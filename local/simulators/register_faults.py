"""How the simulated register can be ill: answers that are late, broken, of someone else, or leave out what matters (P5)."""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Final

from local.simulators import register_soap

AILMENTS: Final[Mapping[str, str]] = {
    "slow": "svarar för sent",
    "refusing": "nekar oss åtkomst (klientfel)",
    "no_xml": "svarar med en webbsida",
    "cut": "bryter svaret på mitten",
    "endless": "svarar med för mycket",
    "entities": "svarar med en XML-bomb",
    "other_person": "svarar om någon annan",
    "one_missing": "svarar om alla utom en",
    "unmarked": "utelämnar om personen är skyddad",
    "no_relations": "utelämnar ett barns relationer",
    "no_guardian": "utelämnar vårdnadshavares egna poster",
}
SLOW_S: Final = 20.0
_STEP_S: Final = 0.1
_BOMB: Final = '<!DOCTYPE x [<!ENTITY a "0123456789">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_OTHER_NUMBER: Final = "191212121212"


async def worsened(
    mode: str, question: register_soap.Question, answer: str, is_gone: Callable[[], bool]
) -> tuple[str, int]:
    """The answer as someone with this ailment gives it, and its status. `is_gone`: whether nobody waits for it any more."""
    if mode == "slow":
        await _dawdle(is_gone)
    if mode == "refusing":
        return register_soap.fault("VP007 Authorization missing"), 500
    if mode == "no_guardian" and question.with_relationships:
        return answer, 200
    return _BROKEN.get(mode, _unchanged)(answer, question.people[0][1]), 200


async def _dawdle(is_gone: Callable[[], bool]) -> None:
    for _ in range(int(SLOW_S / _STEP_S)):
        if is_gone():
            return
        await asyncio.sleep(_STEP_S)


def _unchanged(answer: str, _: str) -> str:
    return answer


def _with_entities(answer: str, _: str) -> str:
    return answer.replace("<soap:Envelope", f"{_BOMB}]><soap:Envelope", 1).replace("<givenName>", "<givenName>&i;")


def _without(pattern: str, *, instead: str = "", count: int = 0) -> Callable[[str, str], str]:
    return lambda answer, _: re.sub(pattern, instead, answer, count=count)


_BROKEN: Final[Mapping[str, Callable[[str, str], str]]] = {
    "no_xml": lambda *_: "<!doctype html><title>Underhåll</title><p>Vi är snart tillbaka.",
    "cut": lambda answer, _: answer[: len(answer) // 2],
    "endless": lambda answer, _: answer.replace("<soap:Body>", f"<soap:Body>{' ' * 2_000_000}"),
    "entities": _with_entities,
    "other_person": lambda answer, number: answer.replace(number, _OTHER_NUMBER),
    "one_missing": _without(r"<q:requestedPersonRecord>.*?</q:requestedPersonRecord>", count=1),
    "unmarked": _without(r"<protectedPersonIndicator>\w+</protectedPersonIndicator>"),
    "no_relations": _without(r"<relationship>.*?</relationship>"),
    "no_guardian": _without(r"<personRecord>.*?</personRecord>", instead="<personRecord/>"),
}
