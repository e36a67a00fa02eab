"""Who speaks: from the levels of the audio-level extension (RFC 6464) over time to one dominant speaker, or none.

The shape is that of "dominant speaker identification" (Volfin and Cohen, 2013), boiled down to one time scale: a smoothed
loudness for each voice, and a challenger who must lead clearly and for a while.
"""

from collections.abc import Mapping

# Weaker than this, in -dBov, is breath, fan and room.
SILENCE_LEVEL = 55.0
# How much of the smoothed loudness the newest level is.
SMOOTHING = 0.4
# A challenger must be this much louder than the speaker, in dB of smoothed loudness and as a factor ...
LEAD_DB = 2.0
LEAD_FACTOR = 1.3
# ... for so many updates on end: 0.9 s at 300 ms. A cough is over by then, also one into a pause of the speaker.
UPDATES_TO_SWITCH = 3
UPDATES_OF_A_PAUSE = 2
# Where nobody speaks, a voice needs so many updates on end.
UPDATES_TO_BEGIN = 2
# So many updates of silence end a turn: 2.1 s at 300 ms, longer than a pause for breath.
UPDATES_TO_END = 7


class _Voice:
    """One participant's sound."""

    def __init__(self) -> None:
        self.loudness_db = 0.0
        self.speaking_updates = 0
        self.silent_updates = 0
        self.leading_updates = 0

    def hear(self, level: float | None) -> None:
        """Take in the mean level since the last update, in -dBov; None if nothing came."""
        above_db = 0.0 if level is None else max(SILENCE_LEVEL - level, 0.0)
        self.loudness_db += SMOOTHING * (above_db - self.loudness_db)
        self.speaking_updates = self.speaking_updates + 1 if above_db else 0
        self.silent_updates = 0 if above_db else self.silent_updates + 1

    def challenge(self, speaker: "_Voice | None") -> None:
        """Count for how long it has been clearly louder than the one who speaks now."""
        leads = speaker is not None and self.loudness_db > max(
            speaker.loudness_db * LEAD_FACTOR, speaker.loudness_db + LEAD_DB
        )
        self.leading_updates = self.leading_updates + 1 if leads else 0


class ActiveSpeaker:
    """The dominant speaker of one call."""

    def __init__(self) -> None:
        self.current: str | None = None
        self._voices: dict[str, _Voice] = {}

    def update(self, levels: Mapping[str, float | None]) -> str | None:
        """Take in everyone's mean level since the last update and return the speaker.

        Levels are -dBov: 0 the loudest, 127 silence, None if no packet came. Who is left out is forgotten.
        """
        self._voices = {name: self._voices.get(name) or _Voice() for name in levels}
        for name, voice in self._voices.items():
            voice.hear(levels[name])
        speaker = self._voices.get(self.current or "")
        for voice in self._voices.values():
            voice.challenge(speaker)
        self.current = self._next(speaker)
        return self.current

    def _next(self, speaker: _Voice | None) -> str | None:
        if speaker is None:
            return self._loudest(speaking_updates=UPDATES_TO_BEGIN)
        if speaker.silent_updates >= UPDATES_OF_A_PAUSE:
            begun = self._loudest(speaking_updates=UPDATES_TO_SWITCH)
            if begun is not None or speaker.silent_updates >= UPDATES_TO_END:
                return begun
        return self._loudest(leading_updates=UPDATES_TO_SWITCH) or self.current

    def _loudest(self, speaking_updates: int = 1, leading_updates: int = 0) -> str | None:
        """The loudest of those who have spoken, and led, for so long."""
        able = {
            name: voice.loudness_db
            for name, voice in self._voices.items()
            if voice.speaking_updates >= speaking_updates and voice.leading_updates >= leading_updates
        }
        return max(able, key=lambda name: able[name]) if able else None
