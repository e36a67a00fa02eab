"""What the functions read from their environment, once per process."""

import os
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.eid import EidProvider
from chalicelib.domain.link import link_url
from chalicelib.domain.message_texts import LONGEST_LINK

SHORTEST_KEY = 32
TOKEN_LENGTH = 27  # domain.link.link_token

TABLES = (
    "visits",
    "patients",
    "links",
    "sessions",
    "outbox",
    "connections",
    "audit",
    "quality",
    "organisations",
    "limits",
    "fleet",
    "integration",
)


class Settings(Concealed, Struct, frozen=True, kw_only=True):
    """`*_key` are secrets of 32 bytes or a PEM, but for the `_key` beside a `_cert`, which are paths. `eid_app_url` and
    `freja_app_url` are empty outside the local stack: the real apps open. `eid_providers`: by which e-ID people may
    identify themselves, the first one first. `freja_signing_certs`: path of the certificates (PEM) that Freja signs with.

    `live_endpoint`: the live API's stage, where messages to open sockets are posted. `system_hsa_id`: this system's own,
    as Loggtjänst knows it; empty for the care provider's. `edge_secret`: what CloudFront in front of us adds to each request
    (`api.client_address`); empty where nothing stands in front.
    """

    stage: str
    public_url: str
    org_id: str
    link_key: bytes
    patient_key: bytes
    integration_key: bytes
    join_key_pem: bytes
    join_key_id: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    bankid_url: str
    bankid_cert: str
    bankid_key: str
    eid_app_url: str
    register_url: str
    outbox_dead_queue_url: str
    live_endpoint: str = ""
    eid_providers: tuple[EidProvider, ...] = ("bankid",)
    freja_url: str = ""
    freja_cert: str = ""
    freja_key: str = ""
    freja_ca: str = ""
    freja_signing_certs: str = ""
    freja_app_url: str = ""
    access_log_bucket: str = ""
    system_hsa_id: str = ""
    register_logical_address: str = ""
    register_cert: str = ""
    register_key: str = ""
    register_ca: str = ""
    sms_sender: str = "Vardrum"
    email_sender: str = "noreply@localhost"
    email_configuration_set: str = ""
    sms_max_price_usd: str = "0.50"
    edge_secret: bytes = b""


def table_name(table: str) -> str:
    """The deployed name of a table, from `<TABLE>_TABLE`."""
    return os.environ.get(f"{table.upper()}_TABLE", f"vardrum-local-{table}")


@cache
def settings() -> Settings:
    """Raises KeyError naming the variable that is missing, and ValueError for an e-ID provider that there is not, for a
    key that could be guessed, and for an address that makes links too long."""
    env = os.environ
    return Settings(
        stage=env.get("STAGE", "local"),
        public_url=_public_url(env["PUBLIC_URL"]),
        org_id=env["ORG_ID"],
        link_key=_key("LINK_KEY"),
        patient_key=_key("PATIENT_KEY"),
        integration_key=_key("INTEGRATION_KEY"),
        join_key_pem=_secret("JOIN_KEY"),
        join_key_id=env.get("JOIN_KEY_ID", "join-1"),
        oidc_issuer=env["OIDC_ISSUER"],
        oidc_client_id=env["OIDC_CLIENT_ID"],
        oidc_client_secret=env.get("OIDC_CLIENT_SECRET", ""),
        bankid_url=env["BANKID_URL"],
        bankid_cert=env.get("BANKID_CERT", ""),
        bankid_key=env.get("BANKID_KEY", ""),
        eid_app_url=env.get("EID_APP_URL", ""),
        eid_providers=_eid_providers(env.get("EID_PROVIDERS", "bankid")),
        freja_url=env.get("FREJA_URL", ""),
        freja_cert=env.get("FREJA_CERT", ""),
        freja_key=env.get("FREJA_KEY", ""),
        freja_ca=env.get("FREJA_CA", ""),
        freja_signing_certs=env.get("FREJA_SIGNING_CERTS", ""),
        freja_app_url=env.get("FREJA_APP_URL", ""),
        register_url=env["REGISTER_URL"],
        outbox_dead_queue_url=env.get("OUTBOX_DEAD_QUEUE_URL", ""),
        live_endpoint=env["LIVE_ENDPOINT"],
        access_log_bucket=env.get("ACCESS_LOG_BUCKET", ""),
        system_hsa_id=env.get("SYSTEM_HSA_ID", ""),
        register_logical_address=env.get("REGISTER_LOGICAL_ADDRESS", "SE165565594230-1000"),
        register_cert=env.get("REGISTER_CERT", ""),
        register_key=env.get("REGISTER_KEY", ""),
        register_ca=env.get("REGISTER_CA", ""),
        sms_sender=env.get("SMS_SENDER", "Vardrum"),
        email_sender=env.get("EMAIL_SENDER", "noreply@localhost"),
        email_configuration_set=env.get("EMAIL_CONFIGURATION_SET", ""),
        sms_max_price_usd=env.get("SMS_MAX_PRICE_USD", "0.50"),
        edge_secret=env.get("EDGE_SECRET", "").encode(),
    )


def _eid_providers(text: str) -> tuple[EidProvider, ...]:
    """`bankid,freja` -> both, in that order."""
    return msgspec.convert(text.split(","), tuple[EidProvider, ...])


def _public_url(url: str) -> str:
    """An SMS with a longer link would be more than two segments (B10)."""
    if len(link_url(url, "x" * TOKEN_LENGTH)) > LONGEST_LINK:
        raise ValueError(f"with PUBLIC_URL a link is longer than {LONGEST_LINK} characters")
    return url


def _key(name: str) -> bytes:
    """A secret that things are signed or encrypted with. An empty one would be everybody's."""
    key = _secret(name)
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"{name} has fewer than {SHORTEST_KEY} bytes")
    return key


def _secret(name: str) -> bytes:
    """The value of `NAME`, or the content of the file that `NAME_FILE` names."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_bytes().strip() if path else os.environ[name].encode()
