"""The gateways cost nothing until they are used: Lambda imports them all at each cold start."""

import subprocess
import sys
from pathlib import Path

FUNCTIONS = Path(__file__).resolve().parents[3] / "functions"
PROGRAM = """
import sys
from chalicelib.domain import email, identity_number, phone
from chalicelib.gateways import bankid, email, freja, freja_signature, oidc, population_register, sms
heavy = {"bankid", "boto3", "botocore", "cryptography", "defusedxml", "httpx", "jwt", "phonenumbers", "ssl"}
print(sorted(heavy & set(sys.modules)))
"""


def test_importing_the_gateways_imports_no_client_library() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=FUNCTIONS, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
