"""Importing the app reads no library that a function may do without (facts: each costs 40 to 250 ms of a cold start)."""

import subprocess
import sys

from local.settings import ROOT

HEAVY = (
    "aws_lambda_powertools",
    "bankid",
    "boto3",
    "botocore",
    "cryptography",
    "httpx",
    "jwt",
    "phonenumbers",
    "pynamodb",
)


def test_the_app_imports_nothing_heavy() -> None:
    code = f"import sys, app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "functions", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
