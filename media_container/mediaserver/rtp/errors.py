"""The errors of this package.

RtpError              a packet cannot be read as RTP
  RtcpError           a datagram or a part of it cannot be read as RTCP
"""


class RtpError(Exception):
    """A packet cannot be read as RTP; the message says which rule it breaks."""


class RtcpError(RtpError):
    """A datagram, or one part of it, cannot be read as RTCP."""
