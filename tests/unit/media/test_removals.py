"""Whoever was removed does not come back by a token from before (G5)."""

import time

import pytest

from mediaserver import removals
from mediaserver.removals import Removals


def test_tokens_from_before_the_removal_are_refused_and_those_after_are_not() -> None:
    noted = Removals()
    now = time.time()
    noted.note("c_1", "p_1", now)
    assert noted.refuse("c_1", "p_1", now - 30)
    assert noted.refuse("c_1", "p_1", int(now))
    assert not noted.refuse("c_1", "p_1", now + 2)


def test_another_person_or_call_is_not_meant() -> None:
    noted = Removals()
    noted.note("c_1", "p_1", time.time())
    assert not noted.refuse("c_1", "p_2", 0)
    assert not noted.refuse("c_2", "p_1", 0)


def test_the_clock_of_whoever_orders_and_dates_tokens_counts_when_it_is_ahead() -> None:
    noted = Removals()
    ahead = time.time() + 2
    noted.note("c_1", "p_1", ahead)
    assert noted.refuse("c_1", "p_1", ahead)


def test_a_second_removal_of_the_same_person_counts() -> None:
    noted = Removals()
    noted.note("c_1", "p_1", time.time())
    later = time.time() + 10
    noted.note("c_1", "p_1", later)
    assert noted.refuse("c_1", "p_1", later)


def test_no_more_are_remembered_than_the_bound_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removals, "MAX_REMEMBERED", 2)
    noted = Removals()
    for person in ("p_1", "p_2", "p_2", "p_3"):
        noted.note("c_1", person, time.time())
    assert [noted.refuse("c_1", person, 0) for person in ("p_1", "p_2", "p_3")] == [False, True, True]


def test_what_no_token_lives_for_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = Removals()
    noted.note("c_1", "p_1", time.time())
    monkeypatch.setattr(removals, "REMEMBER_S", -1.0)
    noted.note("c_1", "p_2", time.time())
    assert not noted.refuse("c_1", "p_1", 0)


def test_the_newer_devices_later_tokens_are_good_and_the_replaced_ones_are_not() -> None:
    """G2: whenever the order arrives, only tokens until the replacement are meant."""
    noted = Removals()
    replaced_at = int(time.time()) - 10
    noted.note_until("c_1", "p_1", replaced_at)
    assert noted.refuse("c_1", "p_1", replaced_at)
    assert not noted.refuse("c_1", "p_1", replaced_at + 1)


def test_an_earlier_replacement_that_arrives_late_takes_nothing_back() -> None:
    noted = Removals()
    now = int(time.time())
    noted.note_until("c_1", "p_1", now)
    noted.note_until("c_1", "p_1", now - 5)
    assert noted.refuse("c_1", "p_1", now)
