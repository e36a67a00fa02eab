"""infra/web.yaml: what a browser gets of the deployed pages, and how it reaches the rest (OWASP ASVS 5.0, V3.4, V12)."""

import json
import subprocess
from typing import Any

import pytest

from chalicelib.api.client_address import SECRET_HEADER
from chalicelib.api.responses import HEADERS
from local.gateway.web_files import IMMUTABLE, REVALIDATE, security_headers
from local.settings import ROOT
from local.template import load_template

Resources = dict[str, Any]
NAMES = {
    "ContentTypeOptions": ("X-Content-Type-Options", "nosniff"),
    "FrameOptions": ("X-Frame-Options", "DENY"),
}


@pytest.fixture(scope="module")
def resources() -> Resources:
    found: Resources = load_template(ROOT / "infra" / "web.yaml")["Resources"]
    return found


@pytest.fixture
def distribution(resources: Resources) -> dict[str, Any]:
    found: dict[str, Any] = resources["WebDistribution"]["Properties"]["DistributionConfig"]
    return found


def headers(resources: Resources, policy: str) -> dict[str, str]:
    """Each is put in place of what the bucket says."""
    config = resources[policy]["Properties"]["ResponseHeadersPolicyConfig"]
    security, custom = config["SecurityHeadersConfig"], config["CustomHeadersConfig"]["Items"]
    assert all(each["Override"] for each in (*security.values(), *custom))
    template, given = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    assert given == {"Name": name_of_public_url()}
    transport = security["StrictTransportSecurity"]
    assert transport["IncludeSubdomains"]
    assert security["FrameOptions"]["FrameOption"] == "DENY"
    return {
        "Content-Security-Policy": template,
        "Strict-Transport-Security": f"max-age={transport['AccessControlMaxAgeSec']}; includeSubDomains",
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        **dict(NAMES[each] for each in security if each in NAMES),
        **{each["Header"]: each["Value"] for each in custom},
    }


def name_of_public_url() -> dict[str, Any]:
    return {"Fn::Select": [1, {"Fn::Split": ["https://", {"Ref": "PublicUrl"}]}]}


@pytest.mark.parametrize(("policy", "kept"), [("WebHeaders", REVALIDATE), ("WebAssetHeaders", IMMUTABLE)])
def test_the_deployed_pages_have_the_headers_of_the_local_ones(resources: Resources, policy: str, kept: str) -> None:
    """V3.4.1, V3.4.3 to V3.4.6: and those of https beside them."""
    expected = security_headers("wss://${Name}") | {"Cache-Control": kept}
    expected["Strict-Transport-Security"] = HEADERS["Strict-Transport-Security"]
    assert headers(resources, policy) == expected


def test_every_page_and_file_has_them(distribution: dict[str, Any]) -> None:
    pages = [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]]
    pages = [each for each in pages if each["TargetOriginId"] == "pages"]
    assert len(pages) == 2
    assert {each["ResponseHeadersPolicyId"]["Ref"] for each in pages} == {"WebHeaders", "WebAssetHeaders"}


def test_nothing_goes_in_the_clear_and_calls_are_not_led_away_from_it(distribution: dict[str, Any]) -> None:
    """V4.1.2, V12.1.1, V12.2.1: pages lead from http to https, what programs ask for is refused."""
    assert distribution["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    ways = {each["PathPattern"]: each["ViewerProtocolPolicy"] for each in distribution["CacheBehaviors"]}
    assert distribution["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert ways == {"/assets/*": "redirect-to-https", **dict.fromkeys(("/api/*", "/live", "/media"), "https-only")}
    for origin in distribution["Origins"]:
        tls = origin.get("CustomOriginConfig", {"OriginProtocolPolicy": "https-only"})
        assert tls["OriginProtocolPolicy"] == "https-only"
        assert tls.get("OriginSSLProtocols", ["TLSv1.2"]) == ["TLSv1.2"]


def test_what_is_anyones_own_is_kept_by_no_cache(distribution: dict[str, Any]) -> None:
    """V14.2.2: neither answers nor sockets."""
    uncached = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    own = [each for each in distribution["CacheBehaviors"] if each["TargetOriginId"] != "pages"]
    assert {each["CachePolicyId"] for each in own} == {uncached}


def test_the_functions_are_shown_who_stands_in_front(distribution: dict[str, Any]) -> None:
    """V4.1.3: only the API is."""
    told = {each["Id"]: each.get("OriginCustomHeaders", []) for each in distribution["Origins"]}
    (secret,) = told.pop("api")
    assert (secret["HeaderName"].lower(), secret["HeaderValue"]) == (SECRET_HEADER, {"Ref": "EdgeSecret"})
    assert told == {"pages": [], "live": [], "media": []}


def test_the_files_are_read_by_the_distribution_alone(resources: Resources) -> None:
    bucket = resources["WebBucket"]["Properties"]
    assert all(bucket["PublicAccessBlockConfiguration"].values())
    (allowed,) = [each for each in _statements(resources) if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == ["s3:GetObject", "s3:ListBucket"]
    assert "WebDistribution" in str(allowed["Condition"]["StringEquals"]["aws:SourceArn"])


@pytest.mark.parametrize(
    ("function", "path", "asked"),
    [
        ("WebPages", "/", "/index.html"),
        ("WebPages", "/besok/v_1", "/index.html"),
        ("WebPages", "/a.b/c", "/index.html"),
        ("WebPages", "/favicon.svg", "/favicon.svg"),
        ("WebPages", "/no.such", "/no.such"),
        ("WebLive", "/live", "/api"),
    ],
)
def test_an_address_of_the_client_leads_to_its_page_and_a_file_to_itself(
    resources: Resources, function: str, path: str, asked: str
) -> None:
    """As in local/gateway/web_files.py. The stage of the live API stands in its address."""
    code = resources[function]["Properties"]["FunctionCode"]
    program = f"{code}\nconsole.log(handler({json.dumps({'request': {'uri': path}})}).uri)"
    done = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "node"), "-e", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == asked


def _statements(resources: Resources) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = resources["WebBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    return found
