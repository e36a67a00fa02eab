"""The animated QR code, against the vectors that BankID publishes."""

import pytest

from chalicelib.domain.bankid_qr import qr_text
from chalicelib.domain.eid import EidOrder

ORDER = EidOrder(
    order_ref="131daac9-16c6-4618-beb0-365768f37288",
    auto_start_token="7c40b5c9-fa74-49cf-b98c-bfe651f9a7c6",
    qr_start_token="67df3917-fa0d-44e5-b327-edcc928297f8",
    qr_start_secret="d28db9a7-4cde-429e-a983-359be676944c",
    started_at=1_790_000_000.5,
)


@pytest.mark.parametrize(
    ("elapsed_s", "code"),
    [
        (0.0, "dc69358e712458a66a7525beef148ae8526b1c71610eff2c16cdffb4cdac9bf8"),
        (1.0, "949d559bf23403952a94d103e67743126381eda00f0b3cbddbf7c96b1adcbce2"),
        (2.0, "a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3"),
    ],
)
def test_the_official_vectors_come_out(elapsed_s: float, code: str) -> None:
    text = qr_text(ORDER, ORDER.started_at + elapsed_s)
    assert text == f"bankid.67df3917-fa0d-44e5-b327-edcc928297f8.{int(elapsed_s)}.{code}"


def test_the_code_stays_within_a_second_and_changes_with_the_next() -> None:
    first = qr_text(ORDER, ORDER.started_at + 4.01)
    assert qr_text(ORDER, ORDER.started_at + 4.99) == first
    assert qr_text(ORDER, ORDER.started_at + 5.0) != first


def test_a_clock_that_ran_ahead_counts_as_the_start() -> None:
    assert qr_text(ORDER, ORDER.started_at - 3) == qr_text(ORDER, ORDER.started_at)


def test_the_secret_is_not_in_the_code() -> None:
    assert ORDER.qr_start_secret not in qr_text(ORDER, ORDER.started_at)
