"""Compound RTCP packets: read tolerantly, written strictly (RFC 3550, RFC 4585, RFC 5104)."""

from mediaserver.rtp.rtcp.parse import parse
from mediaserver.rtp.rtcp.parts import (
    Bye,
    FullIntraRequest,
    Nack,
    PictureLossIndication,
    ReceiverEstimatedMaxBitrate,
    ReceiverReport,
    ReportBlock,
    RtcpPart,
    SenderReport,
)
from mediaserver.rtp.rtcp.serialize import (
    MAX_REPORT_BLOCKS,
    serialize_bye,
    serialize_cname,
    serialize_nack,
    serialize_pli,
    serialize_receiver_report,
    serialize_sender_report,
)
from mediaserver.rtp.transport_feedback import TransportFeedback, serialize_transport_feedback

__all__ = [
    "MAX_REPORT_BLOCKS",
    "Bye",
    "FullIntraRequest",
    "Nack",
    "PictureLossIndication",
    "ReceiverEstimatedMaxBitrate",
    "ReceiverReport",
    "ReportBlock",
    "RtcpPart",
    "SenderReport",
    "TransportFeedback",
    "parse",
    "serialize_bye",
    "serialize_cname",
    "serialize_nack",
    "serialize_pli",
    "serialize_receiver_report",
    "serialize_sender_report",
    "serialize_transport_feedback",
]
