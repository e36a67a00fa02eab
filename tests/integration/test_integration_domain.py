"""infra/integration.yaml: the name at which booking systems show a certificate, and what is closed then (V5; RFC 8705)."""

import json
from typing import Any

import pytest

from local.settings import ROOT
from local.template import load_template

Resources = dict[str, Any]
DOMAIN, PATH = "AWS::ApiGateway::DomainName", "AWS::ApiGateway::BasePathMapping"


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    return load_template(ROOT / "infra" / "integration.yaml")


@pytest.fixture
def resources(template: dict[str, Any]) -> Resources:
    found: Resources = template["Resources"]
    return found


def test_a_booking_system_is_asked_for_a_certificate_of_one_version_of_the_truststore(resources: Resources) -> None:
    """API Gateway takes mutual TLS at a regional name with the policy TLS_1_2 alone; that takes TLS 1.3 too."""
    name = resources["IntegrationDomainName"]["Properties"]
    assert name["MutualTlsAuthentication"] == {
        "TruststoreUri": {"Fn::Sub": "s3://${TruststoreBucket}/truststore.pem"},
        "TruststoreVersion": {"Ref": "IntegrationTruststoreVersion"},
    }
    assert (name["EndpointConfiguration"], name["SecurityPolicy"]) == ({"Types": ["REGIONAL"]}, "TLS_1_2")
    assert "MutualTlsAuthentication" not in resources["ApiDomainName"]["Properties"], "browsers have no certificate"


def test_each_name_is_there_once_it_is_given_and_then_whole(template: dict[str, Any], resources: Resources) -> None:
    """A deployment without names changes nothing, and one with half a name is refused before it begins."""
    conditional = {name: each["Condition"] for name, each in resources.items() if each.get("Type") in {DOMAIN, PATH}}
    assert conditional == {
        "IntegrationDomainName": "HasIntegrationDomain",
        "IntegrationPath": "HasIntegrationDomain",
        "ApiDomainName": "HasApiDomain",
        "ApiPath": "HasApiDomain",
    }
    for condition in template["Conditions"].values():
        ((given, nothing),) = [each["Fn::Equals"] for each in condition["Fn::Not"]]
        assert (template["Parameters"][given["Ref"]]["Default"], nothing) == ("", "")
    demanded = {
        rule: [each["Assert"]["Fn::Not"][0]["Fn::Equals"][0]["Ref"] for each in found["Assertions"]]
        for rule, found in template["Rules"].items()
    }
    assert demanded == {
        "WholeIntegrationDomain": ["IntegrationCertificateArn", "IntegrationTruststoreVersion"],
        "WholeApiDomain": ["ApiCertificateArn"],
    }


def test_the_paths_behind_each_name_are_those_of_the_public_url(resources: Resources) -> None:
    """`/api/fhir/R4/...` and `/api/oauth/token`, as docs/integration.md has them."""
    stage = json.loads((ROOT / "functions" / ".chalice" / "config.json").read_bytes())["api_gateway_stage"]
    for path in ("IntegrationPath", "ApiPath"):
        mapping = resources[path]["Properties"]
        assert mapping["BasePath"] == stage == "api"
        assert (mapping["RestApiId"], mapping["Stage"]) == ({"Ref": "RestAPI"}, {"Ref": "RestAPI.Stage"})


def test_the_gateways_own_address_is_closed_where_cloudfront_has_another(resources: Resources) -> None:
    """By it a system would come without a certificate; whoever is bound to one gets nothing there in either case."""
    assert resources["RestAPI"]["Properties"]["DisableExecuteApiEndpoint"] == {"Fn::If": ["HasApiDomain", True, False]}
    web = load_template(ROOT / "infra" / "web.yaml")["Resources"]["WebDistribution"]["Properties"]["DistributionConfig"]
    (origin,) = [each for each in web["Origins"] if each["Id"] == "api"]
    condition, closed, open_ = origin["DomainName"]["Fn::If"]
    assert (condition, closed) == ("HasApiDomain", {"Ref": "ApiDomain"})
    assert open_["Fn::Sub"].startswith("${RestAPI}.execute-api.")


def test_the_truststore_is_versioned_kept_and_for_nobody_else(resources: Resources) -> None:
    bucket = resources["TruststoreBucket"]
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert bucket["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert all(bucket["Properties"]["PublicAccessBlockConfiguration"].values())
    (statement,) = resources["TruststoreBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
