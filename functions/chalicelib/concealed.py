"""Records of people and secrets do not print what they hold, so that no log, trace or message can tell it by accident."""

_SHOWN = frozenset(
    {
        "visit_id",
        "patient_id",
        "participant_id",
        "message_id",
        "call_id",
        "version",
        "status",
        "state",
        "role",
        "channel",
    }
)


class Concealed:
    """For a Struct or a dataclass (with `repr=False`): prints its type, and of its fields the ids and states alone."""

    __slots__ = ()

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self._fields() if name in _SHOWN)
        return f"{type(self).__name__}({', '.join([*shown, '…'])})"

    def _fields(self) -> tuple[str, ...]:
        names: tuple[str, ...] = getattr(self, "__struct_fields__", ()) or tuple(
            getattr(self, "__dataclass_fields__", ())
        )
        return names
