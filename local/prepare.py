"""`python -m local.prepare`: tables, queues, the simulated booking system and, in an empty database, the demo organisation.

Repeating it is harmless.
"""

import subprocess
import sys

from local.environment import demo_organisation_id, resource_variables, stack_template
from local.keys import ensure_keys
from local.resources import client, ensure_resources
from local.settings import DEMO_ORGANISATION, VAS_CLIENT, Settings, read_settings


def main() -> int:
    """Exit status of the import, 0 when there was nothing to import."""
    settings = read_settings()
    ensure_resources(stack_template(settings))
    if not _has_organisation(settings):
        importing = (sys.executable, "-m", "chalicelib.import_organisation", str(DEMO_ORGANISATION))
        status = subprocess.run(importing, check=False).returncode
        if status:
            return status
    return _add_vas(settings)


def _add_vas(settings: Settings) -> int:
    """The simulated VAS may deliver bookings, with the secret of this machine."""
    secret = ensure_keys(settings.data / "keys").vas_client
    client = (demo_organisation_id(), VAS_CLIENT, "VAS (simulator)", "--secret-file", str(secret))
    return subprocess.run((sys.executable, "-m", "chalicelib.add_integration_client", *client), check=False).returncode


def _has_organisation(settings: Settings) -> bool:
    table = resource_variables(settings)["ORGANISATIONS_TABLE"]
    return bool(client("dynamodb", settings.aws_url).scan(TableName=table, Limit=1)["Items"])


if __name__ == "__main__":
    sys.exit(main())
