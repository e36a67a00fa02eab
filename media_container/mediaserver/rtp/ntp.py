"""NTP timestamps as RTCP carries them: 64 bits, seconds since 1900 as 32.32 fixed point (RFC 3550 section 4)."""

_UNIX_EPOCH_S = 2_208_988_800
_MASK_64 = (1 << 64) - 1
_MASK_32 = 0xFFFFFFFF


def ntp_from_unix_us(unix_us: int) -> int:
    """The NTP timestamp of a moment in microseconds since 1970."""
    return (((unix_us + _UNIX_EPOCH_S * 1_000_000) << 32) // 1_000_000) & _MASK_64


def unix_us_from_ntp(ntp_timestamp: int) -> int:
    """Microseconds since 1970, rounded; the inverse of `ntp_from_unix_us` until the era ends in 2036."""
    return ((ntp_timestamp * 1_000_000 + (1 << 31)) >> 32) - _UNIX_EPOCH_S * 1_000_000


def compact_ntp(ntp_timestamp: int) -> int:
    """The middle 32 bits: seconds as 16.16 fixed point, as in `last_sr` of a report block."""
    return (ntp_timestamp >> 16) & _MASK_32


def round_trip_ms(now_ntp: int, last_sr: int, delay_since_last_sr: int) -> float | None:
    """Round trip from a report block about our own sender reports (RFC 3550 section 6.4.1), in ms.

    None if the receiver has seen no sender report yet. A result below zero (clock steps, rounding) becomes 0.
    """
    if last_sr == 0:
        return None
    elapsed = (compact_ntp(now_ntp) - last_sr - delay_since_last_sr) & _MASK_32
    if elapsed >= 1 << 31:
        return 0.0
    return elapsed * 1000 / 65536
