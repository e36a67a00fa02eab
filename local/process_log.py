"""The log of one process of the stack: to standard output, which the supervisor keeps in .local/logs/."""

import logging
import sys

CHATTY = ("botocore", "boto3", "urllib3", "pynamodb", "aiohttp.access")


def configure_log() -> None:
    """INFO of ours, warnings of the libraries."""
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, stream=sys.stdout)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
