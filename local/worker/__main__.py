"""`python -m local.worker`: delivers streams, queues and schedules to the app's handlers until SIGTERM or SIGINT."""

import logging
import os
import signal
import threading
from typing import Protocol

from botocore.exceptions import BotoCoreError, ClientError

from local.environment import resource_variables, stack_template
from local.lambda_app import load_app
from local.process_log import configure_log
from local.resources import client
from local.settings import Settings, read_settings
from local.worker.checkpoints import Checkpoints
from local.worker.queues import QueuePoller
from local.worker.schedules import Scheduler
from local.worker.sources import QueueSource, ScheduleSource, Source, StreamSource, sources_of
from local.worker.stopping import Stop, Stopped
from local.worker.streams import StreamPoller

AWAY_SECONDS = 0.5
END_SECONDS = 2.5
ENDING = (signal.SIGTERM, signal.SIGINT)

logger = logging.getLogger("worker")


class Runner(Protocol):
    def run(self) -> None: ...


def runner_for(source: Source, settings: Settings, stop: Stop) -> Runner:
    """What delivers this kind of source."""
    match source:
        case StreamSource():
            dead = resource_variables(settings)["STREAM_DEAD_QUEUE_URL"]
            return StreamPoller(source, settings.aws_url, dead, stop)
        case QueueSource():
            return QueuePoller(source, settings.aws_url, stop)
        case ScheduleSource():
            return Scheduler(source, stop)


def run_until_stopped(runner: Runner, name: str, stop: Stop) -> None:
    """Run, and start again from the checkpoint when the emulator was away."""
    try:
        while not stop.requested:
            try:
                runner.run()
            except (BotoCoreError, ClientError, OSError) as error:
                logger.warning("The emulator is away: %s starts again (%s)", name, type(error).__name__)
                stop.wait(AWAY_SECONDS)
    except Stopped:
        return


def end_process(failure: threading.ExceptHookArgs) -> None:
    """A thread that dies must not die unseen: the process ends, and the supervisor starts it again."""
    logger.critical("A thread of the worker failed", exc_info=failure.exc_value)
    logging.shutdown()
    os._exit(1)


def main() -> None:
    """One thread per source. A handler under way at the end gets END_SECONDS."""
    configure_log()
    threading.excepthook = end_process
    settings, stop = read_settings(), Stop()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    sources = sources_of(load_app(), stack_template(settings))
    Checkpoints(client("dynamodb", settings.aws_url)).create()
    threads = []
    for source in sources:
        arguments = (runner_for(source, settings, stop), source.name, stop)
        threads.append(threading.Thread(target=run_until_stopped, args=arguments, name=source.name, daemon=True))
    for thread in threads:
        thread.start()
    ready = settings.data / "run" / "worker.ready"
    ready.parent.mkdir(parents=True, exist_ok=True)
    ready.touch()
    signal.sigwait(ENDING)
    stop.request()
    stop.until_idle(END_SECONDS)


if __name__ == "__main__":
    main()
