"""Meddelandetexter (B10)."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.concealed import Concealed

# `<reason>.<audience>.<channel>.<language>`, such as `moved.patient.sms.sv`.
Key = Annotated[str, Meta(min_length=1, max_length=60)]
Text = Annotated[str, Meta(min_length=1, max_length=8_000)]


class TextView(Concealed, Struct, frozen=True):
    """One text as it is sent now. `own`: the organisation has put it in the product's place. `placeholders`: the names that
    may stand in it between braces; where `länk` is among them, it must."""

    key: str
    text: str
    own: bool
    placeholders: list[str]


class TextsView(Concealed, Struct, frozen=True):
    texts: list[TextView]


class ChangeText(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`text` null: the product's own again. `replaces`: the text as it was read, so that nobody else's change is written
    over; empty for whatever it is."""

    key: Key
    text: Text | None
    replaces: Annotated[str, Meta(max_length=8_000)] = ""


class PreviewText(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    key: Key
    text: Text


class TextPreview(Concealed, Struct, frozen=True):
    """The text with a day, a name and a link in it. `segments`: how many SMS it becomes, with the longest values; of an
    e-mail 1."""

    text: str
    segments: int
