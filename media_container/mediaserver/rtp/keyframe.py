"""Where a keyframe begins, read from the payload without decoding it."""

from collections.abc import Callable

from mediaserver.rtp.header import Buffer

_VP8_EXTENDED = 0x80
_VP8_START = 0x10
_VP8_PARTITION_INDEX = 0x07
_H264_SPS = 7
_H264_STAP_A = 24
_H264_FU_A = 28
_H264_TYPE = 0x1F
_H264_FU_START = 0x80

_VP9_INTER_PREDICTED = 0x40
_VP9_LAYERS = 0x20
_VP9_START = 0x08
_VP9_PICTURE_ID = 0x80
_AV1_CONTINUED = 0x80
_AV1_NEW_SEQUENCE = 0x08

# (buffer, offset of the payload, size of the packet) -> whether a keyframe begins with this packet
KeyframeDetector = Callable[[Buffer, int, int], bool]


def vp8_keyframe_starts(buf: Buffer, offset: int, size: int) -> bool:
    """Whether a VP8 keyframe begins with this packet (RFC 7741 sections 4.2 and 4.3). False if it is malformed.

    That is: start of partition 0, and the inverse keyframe bit of the payload header is 0.
    """
    if offset >= size:
        return False
    first = buf[offset]
    if not first & _VP8_START or first & _VP8_PARTITION_INDEX:
        return False
    payload = offset + 1
    if first & _VP8_EXTENDED:
        if payload >= size:
            return False
        present = buf[payload]
        payload += 1
        if present & 0x80:  # picture id, of 7 or 15 bits
            if payload >= size:
                return False
            payload += 2 if buf[payload] & 0x80 else 1
        if present & 0x40:  # tl0picidx
            payload += 1
        if present & 0x30:  # tid, y and keyidx share one octet
            payload += 1
    return payload < size and not buf[payload] & 0x01


def h264_keyframe_starts(buf: Buffer, offset: int, size: int) -> bool:
    """Whether an H264 keyframe begins with this packet (RFC 6184 sections 5.6-5.8). False if it is malformed.

    That is: the packet holds or begins a sequence parameter set. WebRTC sends parameter sets in band (RFC 7742 section
    6.2), and a decoder that joins needs them: an IDR slice alone is not a place to begin.
    """
    if offset >= size:
        return False
    nal_type = buf[offset] & _H264_TYPE
    if nal_type == _H264_STAP_A:
        return _stap_a_has_sps(buf, offset + 1, size)
    if nal_type == _H264_FU_A:
        return offset + 1 < size and buf[offset + 1] & (_H264_FU_START | _H264_TYPE) == _H264_FU_START | _H264_SPS
    return nal_type == _H264_SPS


def _stap_a_has_sps(buf: Buffer, offset: int, size: int) -> bool:
    while offset + 2 < size:
        length = (buf[offset] << 8) | buf[offset + 1]
        if length and buf[offset + 2] & _H264_TYPE == _H264_SPS:
            return True
        offset += 2 + length
    return False


def vp9_keyframe_starts(buf: Buffer, offset: int, size: int) -> bool:
    """Whether a VP9 keyframe begins with this packet (RFC 9628 section 4.2). False if it is malformed.

    That is: the beginning of a frame that is not predicted from another picture, in the lowest spatial layer.
    """
    if offset >= size:
        return False
    first = buf[offset]
    if first & _VP9_INTER_PREDICTED or not first & _VP9_START:
        return False
    if not first & _VP9_LAYERS:
        return True
    layers = offset + 1
    if first & _VP9_PICTURE_ID:
        if layers >= size:
            return False
        layers += 2 if buf[layers] & 0x80 else 1
    return layers < size and not buf[layers] & 0x0E


def av1_keyframe_starts(buf: Buffer, offset: int, size: int) -> bool:
    """Whether a new coded video sequence begins with this packet: a keyframe with its sequence header.

    The N bit of the aggregation header (RTP Payload Format For AV1, section 4.4). False if it is malformed.
    """
    return offset < size and buf[offset] & (_AV1_NEW_SEQUENCE | _AV1_CONTINUED) == _AV1_NEW_SEQUENCE


_DETECTORS: dict[str, KeyframeDetector] = {
    "video/vp8": vp8_keyframe_starts,
    "video/h264": h264_keyframe_starts,
    "video/vp9": vp9_keyframe_starts,
    "video/av1": av1_keyframe_starts,
}


def keyframe_detector(mime_type: str) -> KeyframeDetector | None:
    """The detector of a codec by its media type, in any case; None if every packet is a place to begin (audio)."""
    return _DETECTORS.get(mime_type.lower())
