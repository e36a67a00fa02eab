"""The memory of those who have gone is given back soon, and at moments when nobody waits for it.

Their objects point to each other, and few objects hold much memory, above all histories. To find them the garbage
collector looks through all that those who are here hold, which takes half a millisecond for each of them: so it does that
when nobody is here, or when many have gone, and never by its own counting. What is young it goes on collecting by itself,
but seldom: records of packets are young objects too, thousands at any moment, and to look at them takes 5-10 ms.
What is freed lies in pieces between what is not, and glibc keeps it unless it is asked to give it back.
"""

import asyncio
import ctypes
import gc
from collections.abc import Callable

INTERVAL_S = 5.0
# So many closed transports are worth a stall while others are in calls.
MOST_KEPT = 64
# The collector's own counting: of objects that came and did not go, of collections of the young, and of the middle-aged.
# While packets flow as many objects go as come; what grows is what is done for people, or garbage.
YOUNG_THRESHOLD, MIDDLE_THRESHOLD, NEVER = 10_000, 2, 1_000_000_000


async def tidy(transports_closed: Callable[[], int], transports_open: Callable[[], int]) -> None:
    """Collect garbage after transports were closed; for ever. Call it when the node has started.

    What is in memory by then stays, and is set aside.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_THRESHOLD, MIDDLE_THRESHOLD, NEVER)
    collected_at = transports_closed()
    while True:
        await asyncio.sleep(INTERVAL_S)
        kept = transports_closed() - collected_at
        if kept >= MOST_KEPT or (kept and not transports_open()):
            collected_at += kept
            gc.collect()
            if trim is not None and not transports_open():
                trim(0)
