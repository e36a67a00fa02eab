"""Who is shown as speaking, from the levels of everyone's sound (RFC 6464)."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.active_speaker import SILENCE_LEVEL, UPDATES_TO_END, UPDATES_TO_SWITCH, ActiveSpeaker

SPEECH, LOUD, ROOM = 35.0, 10.0, 70.0

levels = st.none() | st.floats(0, 127)
updates = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), levels), max_size=60)


def after(*steps: tuple[int, dict[str, float | None]]) -> ActiveSpeaker:
    """A call in which each of these levels lasted for so many updates."""
    speaker = ActiveSpeaker()
    for count, heard in steps:
        for _ in range(count):
            speaker.update(heard)
    return speaker


def test_nobody_speaks_in_a_silent_room() -> None:
    assert after((20, {"a": ROOM, "b": None})).current is None


def test_someone_who_speaks_is_the_speaker_within_a_second() -> None:
    assert after((3, {"a": SPEECH, "b": ROOM})).current == "a"


def test_the_turn_passes_to_the_next_who_speaks() -> None:
    assert after((10, {"a": SPEECH, "b": ROOM}), (4, {"a": ROOM, "b": SPEECH})).current == "b"


def test_a_pause_for_breath_does_not_end_the_turn() -> None:
    assert after((10, {"a": SPEECH, "b": ROOM}), (UPDATES_TO_END - 1, {"a": ROOM, "b": ROOM})).current == "a"


def test_silence_ends_the_turn() -> None:
    assert after((10, {"a": SPEECH, "b": ROOM}), (UPDATES_TO_END, {"a": None, "b": ROOM})).current is None


@given(st.integers(1, UPDATES_TO_SWITCH - 1), st.floats(0, 50), st.floats(20, 45))
def test_one_cough_does_not_take_the_turn(cough_updates: int, cough: float, speech: float) -> None:
    speaker = after((10, {"a": speech, "b": ROOM}))
    for heard in [{"a": speech, "b": cough}] * cough_updates + [{"a": speech, "b": ROOM}] * 10:
        assert speaker.update(heard) == "a"


@given(st.integers(1, UPDATES_TO_SWITCH - 1), st.floats(0, 50))
def test_a_cough_into_the_speakers_pause_does_not_take_the_turn(cough_updates: int, cough: float) -> None:
    speaker = after((10, {"a": SPEECH, "b": ROOM}), (2, {"a": ROOM, "b": ROOM}))
    for heard in [{"a": ROOM, "b": cough}] * cough_updates + [{"a": SPEECH, "b": ROOM}] * 10:
        assert speaker.update(heard) == "a"


@given(st.floats(20, 45), st.lists(st.floats(-2, 2), max_size=40))
def test_two_equally_loud_voices_do_not_flutter(level: float, differences: list[float]) -> None:
    speaker = after((10, {"a": level, "b": ROOM}))
    for difference in differences:
        assert speaker.update({"a": level, "b": level + difference}) == "a"


def test_someone_clearly_louder_takes_the_turn_after_a_while() -> None:
    assert after((10, {"a": SPEECH, "b": ROOM}), (8, {"a": SPEECH, "b": LOUD})).current == "b"


def test_who_leaves_speaks_no_more() -> None:
    assert after((10, {"a": SPEECH, "b": ROOM}), (1, {"b": ROOM})).current is None


@given(updates)
def test_the_speaker_is_someone_present_who_has_spoken_lately(heard: list[dict[str, float | None]]) -> None:
    speaker = ActiveSpeaker()
    for number, present in enumerate(heard):
        current = speaker.update(present)
        if current is not None:
            assert current in present
            lately = [each.get(current) for each in heard[max(0, number - UPDATES_TO_END) : number + 1]]
            assert any(level is not None and level < SILENCE_LEVEL for level in lately)


@given(updates, st.sampled_from(["a", "b", "c"]))
def test_whoever_alone_goes_on_speaking_becomes_the_speaker(
    heard: list[dict[str, float | None]], persistent: str
) -> None:
    speaker = ActiveSpeaker()
    for present in heard:
        speaker.update(present)
    for _ in range(UPDATES_TO_END + UPDATES_TO_SWITCH + 20):
        speaker.update(dict.fromkeys(["a", "b", "c"], ROOM) | {persistent: SPEECH})
    assert speaker.current == persistent
