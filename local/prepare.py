"""`python -m local.prepare`: tables, queues and, in an empty database, the demo organisation. Repeating it is harmless."""

import subprocess
import sys

from local.environment import resource_variables, stack_template
from local.resources import client, ensure_resources
from local.settings import DEMO_ORGANISATION, Settings, read_settings


def main() -> int:
    """Exit status of the import, 0 when there was nothing to import."""
    settings = read_settings()
    ensure_resources(stack_template(settings))
    if _has_organisation(settings):
        return 0
    importing = (sys.executable, "-m", "chalicelib.import_organisation", str(DEMO_ORGANISATION))
    return subprocess.run(importing, check=False).returncode


def _has_organisation(settings: Settings) -> bool:
    table = resource_variables(settings)["ORGANISATIONS_TABLE"]
    return bool(client("dynamodb", settings.aws_url).scan(TableName=table, Limit=1)["Items"])


if __name__ == "__main__":
    sys.exit(main())
