"""The memory of those who have gone is given back soon.

Their objects point to each other, and few objects hold much memory, above all histories: by its own counting the garbage
collector comes late, and then looks through the whole program. What is freed lies in pieces between what is not, and glibc
keeps it unless it is asked to give it back.
"""

import asyncio
import ctypes
import gc
from collections.abc import Callable

INTERVAL_S = 5.0


async def tidy(transports_closed: Callable[[], int]) -> None:
    """Collect garbage every few seconds in which a transport was closed; for ever. Call it when the node has started.

    What is in memory by then stays, and is set aside, so that a collection takes as long as those who are here need.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
    gc.collect()
    gc.freeze()
    collected_at = transports_closed()
    while True:
        await asyncio.sleep(INTERVAL_S)
        if transports_closed() != collected_at:
            collected_at = transports_closed()
            gc.collect()
            if trim is not None:
                trim(0)
