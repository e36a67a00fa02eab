"""A switch that makes a simulator unreachable, or ill in a way of its own, for tests of what happens then."""

import json
from collections.abc import Collection

from aiohttp import web

WELL, DOWN = "well", "down"


class Outage:
    """Well until someone switches; `ailments` are what it can have besides being down."""

    def __init__(self, ailments: Collection[str] = ()) -> None:
        self._modes = (WELL, DOWN, *ailments)
        self._mode = WELL

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        """Raises ValueError for one that it does not have."""
        if mode not in self._modes:
            raise ValueError(f"expected one of {', '.join(self._modes)}")
        self._mode = mode

    @property
    def down(self) -> bool:
        return self._mode == DOWN

    @down.setter
    def down(self, down: bool) -> None:
        self._mode = DOWN if down else WELL

    async def switch(self, request: web.Request) -> web.Response:
        """`{"down": true}`, `{"down": false}` or `{"mode": ...}`; the answer says how it stands. 400 for anything else."""
        try:
            self._set(json.loads(await request.read()))
        except ValueError:
            text = f'expected {{"down": true}}, {{"down": false}} or {{"mode": one of {", ".join(self._modes)}}}'
            raise web.HTTPBadRequest(text=text) from None
        return web.json_response({"down": self.down, "mode": self.mode})

    def _set(self, wanted: object) -> None:
        match wanted:
            case {"down": bool(down)}:
                self.down = down
            case {"mode": str(mode)}:
                self.mode = mode
            case _:
                raise ValueError
