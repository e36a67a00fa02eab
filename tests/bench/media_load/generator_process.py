"""The load generator as the benchmarks drive it: a process on a core of its own that takes orders (generator.py)."""

import json
import selectors
import subprocess
import sys
import tempfile
from types import TracebackType
from typing import Any

from tests.bench.media_load import own_core
from tests.bench.media_load.servers import REPOSITORY, Server

ANSWER_TIMEOUT_S = 120.0


class MeasurementInvalid(Exception):
    """Nothing can be said: the generator failed, or packets were lost or came out wrong all the time."""


class GeneratorProcess:
    """Use as a context manager. Every method raises MeasurementInvalid if the generator fails or does not answer."""

    def __init__(self, core: int) -> None:
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115  # lives as long as the process
        self._process = own_core.start(
            [sys.executable, "-m", "tests.bench.media_load.generator"],
            core,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            cwd=REPOSITORY,
        )

    def open_calls(self, name: str, server: Server, load: str, calls: int) -> None:
        """Bring calls up on a server, beside those that are up."""
        address = server.address | {"process_id": server.process_id}
        self._order(do="open", name=name, server=address, load=load, calls=calls)

    def window(self, name: str, *, warm_up_s: float, seconds: float, sample_every: int = 64) -> dict[str, Any]:
        """One window of load on a server (target.Window)."""
        return self._order(do="window", name=name, warm_up_s=warm_up_s, seconds=seconds, sample_every=sample_every)

    def latency_quantiles_ms(self, name: str, quantiles: list[float]) -> list[float]:
        """Of the sampled packets of the last window."""
        result: list[float] = self._order(do="latency", name=name, quantiles=quantiles)["quantiles_ms"]
        return result

    def close_calls(self, name: str) -> None:
        """End all calls on a server."""
        self._order(do="close", name=name)

    def _order(self, **order: Any) -> dict[str, Any]:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None and answers is not None
        try:
            requests.write(json.dumps(order) + "\n")
            requests.flush()
        except BrokenPipeError:
            raise MeasurementInvalid(f"the generator failed:\n{self._error()}") from None
        with selectors.DefaultSelector() as selector:
            selector.register(answers, selectors.EVENT_READ)
            line = answers.readline() if selector.select(ANSWER_TIMEOUT_S) else ""
        if not line:
            raise MeasurementInvalid(f"the generator did not answer:\n{self._error()}")
        result: dict[str, Any] = json.loads(line)
        return result

    def _error(self) -> str:
        self._errors.seek(0)
        return self._errors.read()[-2000:]

    def __enter__(self) -> "GeneratorProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._errors.close()
