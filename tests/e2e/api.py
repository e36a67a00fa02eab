"""The app's own API in a page's browser: the shortest way to where a test begins."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import APIResponse, Page

from local.settings import ROOT

_CLINICIANS = ROOT / "local" / "demo" / "clinicians.json"


class Api:
    """`address`: any of the clinic's pages. What is answered with a cookie, the page's browser keeps."""

    def __init__(self, page: Page, address: str) -> None:
        self._request = page.request
        self._origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        self._csrf_token = ""

    def log_in(self, name: str) -> None:
        """What the identity provider's page does when one is chosen there (OpenID Connect Core 3.1.2)."""
        asked = urlsplit(self._redirect(self._request.get(f"{self._origin}/api/login?return_to=/", max_redirects=0)))
        form: dict[str, str | float | bool] = {**dict(parse_qsl(asked.query)), "clinician": _hsa_id(name)}
        chosen = self._request.post(asked._replace(query="").geturl(), form=form, max_redirects=0)
        self._redirect(self._request.get(self._redirect(chosen), max_redirects=0))

    def post(self, path: str, body: object) -> Any:
        """As the pages send it."""
        token = self._csrf_token or self._request.get(f"{self._origin}/api/session").json()["csrf_token"]
        self._csrf_token = str(token)
        headers = {"Origin": self._origin, "X-CSRF-Token": self._csrf_token}
        answer = self._request.post(f"{self._origin}/api{path}", data=body, headers=headers)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    @staticmethod
    def _redirect(answer: APIResponse) -> str:
        assert 300 <= answer.status < 400, answer.status
        return answer.headers["location"]


def _hsa_id(name: str) -> str:
    for each in json.loads(_CLINICIANS.read_bytes())["clinicians"]:
        if f"{each['given_name']} {each['family_name']}" == name:
            return str(each["hsa_id"])
    raise AssertionError("the demo clinic has nobody of that name")
