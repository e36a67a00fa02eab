"""V5: operators let another system in, and out; what a process remembers of it is a few seconds old."""

from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.add_integration_client import main
from chalicelib.domain.ids import secret_hash
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.recent_staff import KEPT_S, MOST, RECENT, RecentStaff
from local.settings import Settings
from tests.builders import ORG, a_staff_member
from tests.unit.api.systems import a_client


def test_a_new_client_has_its_secret_printed_once_and_stored_as_a_hash(
    aws: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert aws
    client_id = f"vas-{uuid4()}"
    main([ORG, client_id, "VAS"])
    secret = capsys.readouterr().out.strip()
    client = DynamoImportedBookings().client(client_id)
    assert client is not None
    assert (client.secret_hash, client.org_id, client.disabled) == (secret_hash(secret), ORG, False)
    main([ORG, client_id, "VAS", "--disabled"])
    RECENT.forget()
    out = DynamoImportedBookings().client(client_id)
    assert out is not None
    assert (out.disabled, out.secret_hash) == (True, "")


def test_a_client_that_signs_needs_no_secret(aws: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert aws
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "vas.pem").write_bytes(pem)
    client_id = f"vas-{uuid4()}"
    main([ORG, client_id, "VAS", "--public-key", f"k1={tmp_path / 'vas.pem'}", "--certificate", "thumb"])
    assert capsys.readouterr().out == ""
    client = DynamoImportedBookings().client(client_id)
    assert client is not None
    assert (client.public_keys, client.certificate) == ({"k1": pem.decode()}, "thumb")


def test_a_client_may_do_what_it_needs_alone(aws: Settings) -> None:
    assert aws
    client_id = f"vas-{uuid4()}"
    main([ORG, client_id, "VAS", "--scope", "system/Appointment.write"])
    client = DynamoImportedBookings().client(client_id)
    assert client is not None
    assert client.scopes == ("system/Appointment.write",)
    with pytest.raises(SystemExit):
        main([ORG, client_id, "VAS", "--scope", "system/*.*"])


def test_a_client_stays_its_organisations(aws: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Else its bookings would come in to another one, by an operator's slip."""
    assert aws
    client_id = f"vas-{uuid4()}"
    main([ORG, client_id, "VAS"])
    secret = capsys.readouterr().out.strip()
    RECENT.forget()
    with pytest.raises(SystemExit, match="another organisation"):
        main(["SE2321000016", client_id, "VAS"])
    client = DynamoImportedBookings().client(client_id)
    assert client is not None
    assert (client.org_id, client.secret_hash) == (ORG, secret_hash(secret))


def test_a_short_secret_of_ones_own_is_refused(aws: Settings, tmp_path: Path) -> None:
    assert aws
    (tmp_path / "secret").write_text("sommar2026\n", encoding="ascii")
    with pytest.raises(SystemExit, match="shorter than 32"):
        main([ORG, f"vas-{uuid4()}", "VAS", "--secret-file", str(tmp_path / "secret")])


def test_what_is_remembered_ends_after_some_seconds_and_is_bounded() -> None:
    now = [0.0]
    recent = RecentStaff(lambda: now[0])
    recent.keep_member(a_staff_member())
    recent.keep_client(a_client())
    assert recent.member(ORG, a_staff_member().hsa_id) == a_staff_member()
    now[0] = KEPT_S
    assert recent.member(ORG, a_staff_member().hsa_id) is None
    assert recent.client("vas") is None
    for place in range(MOST + 5):
        recent.keep_client(a_client(f"c{place}"))
    assert recent.client("c4") is None
    assert recent.client(f"c{MOST + 4}") is not None
