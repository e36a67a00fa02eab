"""The REST side of the local gateway, through its port."""

import concurrent.futures

import httpx
import pytest


def test_a_route_is_reached_below_the_stage_with_all_the_app_needs(gateway: str) -> None:
    answer = httpx.post(f"{gateway}/api/echo/hej?a=1&a=2", json={"x": "å"}, headers={"Cookie": "session=s"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["word"], body["body"], body["cookie"]) == ("hej", {"x": "å"}, "session=s")
    assert body["source_ip"] in {"127.0.0.1", "::1"}
    assert body["request_id"]


def test_a_client_cannot_choose_its_source_address(gateway: str) -> None:
    answer = httpx.get(f"{gateway}/api/echo/x", headers={"x-vardrum-source-ip": "192.0.2.1"})
    assert answer.json()["source_ip"] == "127.0.0.1"


def test_several_cookies_are_set_by_one_answer(gateway: str) -> None:
    answer = httpx.post(f"{gateway}/api/cookies", headers={"Content-Type": "application/json"})
    assert answer.status_code == 204
    assert answer.headers.get_list("set-cookie") == ["a=1; HttpOnly", "b=2"]


def test_requests_at_the_same_time_do_not_see_one_another(gateway: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: httpx.get(f"{gateway}/api/meet/{name}").json(), ["one", "two"]))
    assert answers == [{"name": name, "path": f"/api/meet/{name}"} for name in ("one", "two")]


def test_a_body_over_256_kib_is_refused_as_a_problem(gateway: str) -> None:
    answer = httpx.post(f"{gateway}/api/echo/x", content=b"x" * (256 * 1024 + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "body_too_large"


def test_an_unknown_operation_is_a_problem_too(gateway: str) -> None:
    answer = httpx.get(f"{gateway}/api/nothing/here")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/", "/besok/123", "/b/some-token"])
def test_every_page_of_the_client_is_its_index(gateway: str, path: str) -> None:
    answer = httpx.get(f"{gateway}{path}")
    assert (answer.status_code, answer.text) == (200, "<title>client</title>")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_page_runs_no_script_but_our_own_and_is_in_nobodys_frame(gateway: str) -> None:
    """OWASP ASVS 5.0, V3.4: what the hosting of the pages has to send as well."""
    answer = httpx.get(f"{gateway}/")
    policy = dict(each.split(" ", 1) for each in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert {policy[name] for name in ("object-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_hashed_files_are_cached_for_good_and_missing_ones_are_not_the_index(gateway: str) -> None:
    found = httpx.get(f"{gateway}/assets/main-abc123.js")
    assert (found.status_code, found.text) == (200, "1")
    assert "immutable" in found.headers["cache-control"]
    assert httpx.get(f"{gateway}/assets/main-gone.js").status_code == 404


def test_no_file_outside_the_client_can_be_read(gateway: str) -> None:
    for path in ("/..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/pyproject.toml"):
        assert "root:" not in httpx.get(f"{gateway}{path}").text
        assert "[project]" not in httpx.get(f"{gateway}{path}").text
