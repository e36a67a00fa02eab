"""What comes from one browser: its keys, and when its packets arrived."""

from mediaserver.net.dtls_srtp import SrtpKeys
from mediaserver.received_stream import ReceivedStream
from mediaserver.rtp.path_feedback import PathFeedback
from mediaserver.rtp.transport_cc import ArrivalRecorder


class MediaReceiver:
    """The receiving side of one transport."""

    def __init__(self, arrivals: ArrivalRecorder | None = None) -> None:
        # None until the handshake is done, and after the end.
        self.keys: SrtpKeys | None = None
        self.arrivals = arrivals or ArrivalRecorder()

    def watch(self, stream: ReceivedStream) -> None:
        """Called for each new stream before its first packet; for those who keep a compiled plan of it."""

    def heard_feedback(self, sender_ssrc: int, path: PathFeedback) -> None:
        """Called for each message of feedback that came by here, about what `path` has recorded; for those who match the
        next ones by themselves."""

    def close(self) -> None:
        """Nothing comes any more, and no address is the browser's."""
        self.keys = None
