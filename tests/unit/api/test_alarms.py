"""What wakes an operator: each alarm of infra/receipts.yaml watches a figure that rises when its message fares so (B3, B10)."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

import app as deployed
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit_messages import invitations
from chalicelib.errors import BadInput, Throttled, VardrumError
from local.settings import ROOT
from local.template import load_template
from tests.builders import NOW, an_organisation
from tests.fake_ports import FakePorts
from tests.unit.api.test_events import CLOCK_EVENT
from tests.visitors import invited

Unlucky = Callable[[FakePorts, OutboxMessage], None]


def _carrier_says(error: VardrumError) -> Unlucky:
    def unlucky(ports: FakePorts, _message: OutboxMessage) -> None:
        ports.sms.failures = [error]

    return unlucky


def _sender_fails(ports: FakePorts, message: OutboxMessage) -> None:
    """A row that a bug of ours cannot take."""
    read = ports.store.message

    def failing(message_id: str) -> OutboxMessage | None:
        if message_id == message.message_id:
            raise KeyError(message_id)
        return read(message_id)

    ports.store.message = failing  # type: ignore[method-assign]  # this one store alone


FATES: dict[str, Unlucky] = {
    "MessagesFailed": _carrier_says(BadInput("refused", code="message_refused")),
    "MessagesThrottled": _carrier_says(Throttled("too much")),
    "MessagesBroken": _sender_fails,
}


def _alarms() -> dict[str, dict[str, Any]]:
    """The properties of those on figures of our own, by the figure."""
    resources = load_template(ROOT / "infra" / "receipts.yaml")["Resources"].values()
    alarms = [each["Properties"] for each in resources if each["Type"] == "AWS::CloudWatch::Alarm"]
    return {each["MetricName"]: each for each in alarms if each["Namespace"] == "Vardrum"}


def test_there_is_an_alarm_for_each_way_a_message_may_stay_behind() -> None:
    assert set(_alarms()) == set(FATES)


@pytest.mark.parametrize("figure", FATES)
def test_the_figure_of_an_alarm_rises_and_the_other_messages_go_out(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], figure: str
) -> None:
    """One poison message beside a good one, in one sweep."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    visit = invited(ports.store)
    (good,) = invitations(visit, NOW, an_organisation())
    poison = replace(good, message_id="m_0_poison", text="x")
    ports.store.seed(good, poison)
    FATES[figure](ports, poison)
    deployed.sweep(CLOCK_EVENT, None)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    figures = Counter({name: sum(each[name]) for each in told for name in each if name.startswith("Messages")})
    assert figures == {figure: 1, "MessagesSent": 1}
    alarm = _alarms()[figure]
    dimensions = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
    assert [{name: each[name] for name in dimensions} for each in told] == [dimensions]
    assert alarm["Threshold"] == 0
