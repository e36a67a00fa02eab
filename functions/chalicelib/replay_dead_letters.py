"""Operators' command: see the messages that were given up, and send them after all.

    python -m chalicelib.replay_dead_letters                    which, how and why
    python -m chalicelib.replay_dead_letters send all           every one of them
    python -m chalicelib.replay_dead_letters send m_1 m_2       these
    python -m chalicelib.replay_dead_letters forget m_1         take it off the queue unsent

It takes the functions' environment, and a role that may read and delete from `outbox-dead` and write to `outbox`. Nothing
of what a message says, or to whom, is shown. A message is sent by the next sweep, within a minute, if it is still of use:
not when its visit is over, has another time, or has begun without it. Sending twice sends once.
"""

import sys
from collections.abc import Collection, Iterator, Sequence

from chalicelib.bootstrap import ports
from chalicelib.domain.dead_letter import DeadLetter
from chalicelib.gateways.dead_letters import SqsDeadLetters
from chalicelib.services.ports import Ports
from chalicelib.services.requeue_message import requeue_message

ALL = "all"


def main(arguments: Sequence[str]) -> int:
    """Exit status: 2 when the command is not understood."""
    world = ports()
    queue = SqsDeadLetters(world.settings.outbox_dead_queue_url)
    match list(arguments):
        case []:
            lines = _listed(queue)
        case ["send", *chosen] if chosen:
            lines = _sent(world, queue, chosen)
        case ["forget", *chosen] if chosen and ALL not in chosen:
            lines = _forgotten(queue, chosen)
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    for line in lines:
        sys.stdout.write(f"{line}\n")
    return 0


def _listed(queue: SqsDeadLetters) -> Iterator[str]:
    letters = list(queue.read())
    for letter in letters:
        queue.give_back(letter)
        yield f"{letter.message_id}\t{letter.channel}\t{letter.failure}"


def _sent(world: Ports, queue: SqsDeadLetters, chosen: Collection[str]) -> Iterator[str]:
    """The letter goes when its message waits again: a crash between them asks twice, and that sends once."""
    for letter in _chosen(queue, chosen):
        outcome = requeue_message(world, letter.message_id)
        queue.forget(letter)
        yield f"{letter.message_id}\t{outcome}"


def _forgotten(queue: SqsDeadLetters, chosen: Collection[str]) -> Iterator[str]:
    for letter in _chosen(queue, chosen):
        queue.forget(letter)
        yield f"{letter.message_id}\tforgotten"


def _chosen(queue: SqsDeadLetters, chosen: Collection[str]) -> Iterator[DeadLetter]:
    """All are read first: what is not chosen is given back."""
    letters = list(queue.read())
    for letter in letters:
        if ALL in chosen or letter.message_id in chosen:
            yield letter
        else:
            queue.give_back(letter)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
