"""functions/app.py in this process, called as Lambda calls it: by handler string, with an event and a context."""

import importlib
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chalice.app import Chalice
from chalice.local import LambdaContext

from local.settings import ROOT

TIMEOUT_SECONDS = 29
MEMORY_MB = 512

Event = dict[str, Any]
Handler = Callable[[Event, LambdaContext], Any]

logger = logging.getLogger(__name__)


class HandlerFailed(Exception):
    """The handler raised; what it raised is in the log."""


class UnknownHandler(Exception):
    """What is registered for deployment is not there: Lambda would fail in the same way."""


def load_app(folder: Path | None = None) -> Chalice:
    """Import `app.py` with its folder on the path, as Lambda does. `APP_DIR` names another folder than functions/."""
    folder = folder or Path(os.environ.get("APP_DIR", ROOT / "functions"))
    sys.path.insert(0, str(folder))
    app: Chalice = importlib.import_module("app").app
    return app


def resolve(handler_string: str) -> Handler:
    """`app.live_connect` -> that attribute of that module. Raises UnknownHandler."""
    module, _, name = handler_string.rpartition(".")
    try:
        handler: Handler = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UnknownHandler(handler_string) from error
    return handler


def invoke(handler: Handler, function_name: str, event: Event) -> Any:
    """The handler's answer. Raises HandlerFailed, as an invocation fails in Lambda whatever was raised inside."""
    context = LambdaContext(function_name, MEMORY_MB, TIMEOUT_SECONDS * 1000)
    try:
        return handler(event, context)
    except Exception as error:
        logger.exception("A handler failed: %s", function_name)
        raise HandlerFailed(function_name) from error
