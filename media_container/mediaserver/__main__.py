"""Run one media node: `python -m mediaserver`. SIGTERM or SIGINT: it gives its calls away and ends; a second one: at once."""

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine
from typing import Any

from mediaserver.errors import SettingsInvalid
from mediaserver.hot_path import HotPath
from mediaserver.native_path import choose_hot_path
from mediaserver.node import MediaNode
from mediaserver.settings import Settings, from_environment
from mediaserver.target_watch import ElasticTargetGroup, until_let_go
from mediaserver.tidying import tidy

logger = logging.getLogger("mediaserver")


async def _run(settings: Settings, hot_path: HotPath) -> None:
    signals: asyncio.Queue[int] = asyncio.Queue()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, signals.put_nowait, number)
    node = MediaNode(settings, hot_path=hot_path)
    await node.start()
    tidying = asyncio.create_task(tidy(lambda: node.transports_closed, lambda: node.transports_open))
    await _first(signals.get(), _let_go(settings))
    await _first(node.drain(), signals.get())
    tidying.cancel()
    await node.stop()


async def _let_go(settings: Settings) -> None:
    """Return when the load balancer lets go of this node; without one, never."""
    if not settings.target_group_arn:
        await asyncio.Event().wait()
    await until_let_go(ElasticTargetGroup(settings.target_group_arn, settings.internal_url))


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """Wait for one of them, and let the others be. Raises what that one raised."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    for task in done:
        task.result()


def main() -> int:
    """Exit status: 0 stopped by signal, 2 settings that cannot be used or a port that is taken."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # aiortc's and aioice's own lines may hold addresses of participants.
    for name in ("aiortc", "aioice"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        settings = from_environment(os.environ)
        hot_path = choose_hot_path(settings.hot_path)
        hot_path.run(_run(settings, hot_path))
    except (SettingsInvalid, OSError) as error:
        logger.error("The media node cannot start: %s", error)
        return 2
    return 0


if __name__ == "__main__":
    status = main()
    logging.shutdown()
    # Not sys.exit: it would wait for a thread that is still waiting for an answer of AWS.
    os._exit(status)
