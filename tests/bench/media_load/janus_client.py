"""The peer's signalling: Janus' videoroom over its WebSocket API, and the little SDP that it needs."""

import asyncio
import re
import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, TCPConnector
from aiortc.rtcdtlstransport import RTCCertificate

from tests.bench.media_load import source as media
from tests.bench.media_load.endpoint import Endpoint, RemoteTransport
from tests.bench.media_load.plan import Call, Load
from tests.bench.media_load.source import Source

ANSWER_TIMEOUT_S = 10.0
_TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
_COMMON = f"""\
a=sendonly
a=extmap:{media.ABS_SEND_TIME_ID} http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:{media.TRANSPORT_CC_ID} {_TRANSPORT_CC}
a=extmap:{media.MID_ID} urn:ietf:params:rtp-hdrext:sdes:mid
"""
_VIDEO = f"""\
a=rtpmap:{media.VP8} VP8/90000
a=rtcp-fb:{media.VP8} transport-cc
a=rtcp-fb:{media.VP8} ccm fir
a=rtcp-fb:{media.VP8} nack
a=rtcp-fb:{media.VP8} nack pli
a=rtpmap:{media.VP8_RTX} rtx/90000
a=fmtp:{media.VP8_RTX} apt={media.VP8}
"""
_SINGLE = f"""\
a=ssrc-group:FID {{ssrc}} {{rtx}}
a=ssrc:{{ssrc}} cname:{media.CNAME}
a=ssrc:{{rtx}} cname:{media.CNAME}
"""
_SIMULCAST = f"""\
a=extmap:{media.RID_ID} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=rid:h send
a=rid:m send
a=rid:l send
a=simulcast:send h;m;l
"""
_AUDIO = f"""\
a=extmap:{media.AUDIO_LEVEL_ID} urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=rtpmap:{media.OPUS} opus/48000/2
a=fmtp:{media.OPUS} useinbandfec=1
a=rtcp-fb:{media.OPUS} transport-cc
a=ssrc:{{ssrc}} cname:{media.CNAME}
"""


class _Handle:
    """One plugin handle, that is one peer connection."""

    def __init__(self, session: "_Session", handle_id: int) -> None:
        self._session = session
        self._id = handle_id
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def message(self, body: dict[str, Any], jsep: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a request to the plugin and wait for the event that answers it."""
        request: dict[str, Any] = {"janus": "message", "handle_id": self._id, "body": body}
        if jsep is not None:
            request["jsep"] = jsep
        transaction = (await self._session.request(request))["transaction"]
        answer = await self._event(lambda event: event.get("transaction") == transaction)
        if "error" in answer["plugindata"]["data"]:
            raise ConnectionError(answer["plugindata"]["data"]["error"])
        return answer

    async def until_up(self) -> None:
        """Wait until Janus takes the connection for up: only then it can be subscribed to."""
        await self._event(lambda event: event["janus"] == "webrtcup")

    async def _event(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            event = await asyncio.wait_for(self.events.get(), ANSWER_TIMEOUT_S)
            if wanted(event):
                return event


class _Session:
    """One WebSocket and one Janus session on it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._id: int | None = None
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._handles: dict[int, _Handle] = {}
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for frame in self._socket:
            message = frame.json()
            if message["janus"] in {"ack", "success", "error"}:
                self._answers.pop(message["transaction"]).set_result(message)
            elif message.get("sender") in self._handles:  # events carry a transaction too, and may overtake the ack
                self._handles[message["sender"]].events.put_nowait(message)

    async def open(self) -> None:
        """Create the session."""
        self._id = (await self.request({"janus": "create"}))["data"]["id"]

    async def request(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request; the acknowledgement or answer."""
        transaction = secrets.token_hex(8)
        self._answers[transaction] = asyncio.get_running_loop().create_future()
        if self._id is not None:
            request["session_id"] = self._id
        await self._socket.send_json(request | {"transaction": transaction})
        return await asyncio.wait_for(self._answers[transaction], ANSWER_TIMEOUT_S)

    async def attach(self) -> _Handle:
        """A new handle of the videoroom."""
        answer = await self.request({"janus": "attach", "plugin": "janus.plugin.videoroom"})
        handle_id: int = answer["data"]["id"]
        self._handles[handle_id] = _Handle(self, handle_id)
        return self._handles[handle_id]

    async def close(self) -> None:
        """Destroy the session and its handles."""
        await self.request({"janus": "destroy"})
        await self._socket.close()
        await self._reader


class JanusClient:
    """Rooms of one Janus."""

    def __init__(self, url: str, media_host: str) -> None:
        self._url = url
        self._host = media_host
        self._http = ClientSession(connector=TCPConnector(limit=0))
        self._certificate = RTCCertificate.generateCertificate()
        self._sessions: list[_Session] = []

    async def open_call(self, load: Load) -> Call:
        """Bring one room up; NACK and transport-wide congestion control as in ours."""
        session = _Session(await self._http.ws_connect(self._url, protocols=["janus-protocol"]))
        self._sessions.append(session)
        await session.open()
        room = secrets.randbits(31)
        await self._create_room(session, room, load)
        call = Call()
        feeds = []
        for _ in range(load.publishers):
            feed, sender = await self._publish(session, room, load)
            feeds.append(feed)
            call.senders.append(sender)
        for own in feeds if load.mutual else [0] * load.receivers:
            call.receivers.append(await self._receive(session, room, [feed for feed in feeds if feed != own]))
        return call

    async def _create_room(self, session: _Session, room: int, load: Load) -> None:
        handle = await session.attach()
        body = {"request": "create", "room": room, "publishers": load.publishers, "bitrate": 0, "videocodec": "vp8"}
        answer = await session.request({"janus": "message", "handle_id": handle._id, "body": body})
        if answer["plugindata"]["data"].get("videoroom") != "created":
            raise ConnectionError("Janus did not create the room")

    async def _publish(self, session: _Session, room: int, load: Load) -> tuple[int, tuple[Endpoint, list[Source]]]:
        handle = await session.attach()
        joined = await handle.message({"request": "join", "ptype": "publisher", "room": room, "display": "load"})
        endpoint, sources = Endpoint(self._certificate, self._host), media.sources_of(load.streams, load.fan_out)
        offer = {
            "type": "offer",
            "sdp": _sdp(endpoint, [_offered_section(endpoint, layers) for layers in media.by_mid(sources)]),
        }
        answer = await handle.message({"request": "publish"}, offer)
        await endpoint.connect(_remote(answer["jsep"]["sdp"]))
        await handle.until_up()
        return joined["plugindata"]["data"]["id"], (endpoint, sources)

    async def _receive(self, session: _Session, room: int, feeds: list[int]) -> Endpoint:
        handle = await session.attach()
        streams = [{"feed": feed} for feed in feeds]
        offered = await handle.message({"request": "join", "ptype": "subscriber", "room": room, "streams": streams})
        endpoint = Endpoint(self._certificate, self._host)
        offer = offered["jsep"]["sdp"]
        sections = [_answer_section(endpoint, section) for section in re.split(r"(?m)^m=", offer)[1:]]
        endpoint.media_payload_types = _media_payload_types(offer)
        endpoint.transport_cc_id = _transport_cc_id(offer)
        answer = {"type": "answer", "sdp": _sdp(endpoint, sections)}
        await handle.message({"request": "start"}, answer)
        await endpoint.connect(_remote(offer))
        return endpoint

    async def close(self) -> None:
        """End all rooms."""
        for session in self._sessions:
            await session.close()
        await self._http.close()


def _sdp(endpoint: Endpoint, sections: list[str]) -> str:
    mids = " ".join(re.findall(r"(?m)^a=mid:(\S+)", "".join(sections)))
    head = f"v=0\no=- {endpoint.port} 1 IN IP4 {endpoint.host}\ns=-\nt=0 0\na=group:BUNDLE {mids}\n"
    return (head + "".join(sections)).replace("\n", "\r\n")


def _section(endpoint: Endpoint, mid: str, kind: str, payload_types: str, lines: str) -> str:
    return (
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {payload_types}\nc=IN IP4 {endpoint.host}\n"
        f"a=candidate:1 1 udp 2130706431 {endpoint.host} {endpoint.port} typ host\na=end-of-candidates\n"
        f"a=ice-ufrag:{endpoint.username_fragment}\na=ice-pwd:{endpoint.password}\n"
        f"a=fingerprint:sha-256 {endpoint.fingerprint}\na=setup:active\na=mid:{mid}\na=rtcp-mux\n{lines}"
    )


def _offered_section(endpoint: Endpoint, layers: list[Source]) -> str:
    source = layers[-1]
    if not source.stream.is_video:
        return _section(endpoint, source.mid, "audio", str(media.OPUS), _COMMON + _AUDIO.format(ssrc=source.ssrc))
    lines = _SIMULCAST if source.rid else _SINGLE.format(ssrc=source.ssrc, rtx=source.rtx_ssrc)
    return _section(endpoint, source.mid, "video", f"{media.VP8} {media.VP8_RTX}", _COMMON + _VIDEO + lines)


def _answer_section(endpoint: Endpoint, offered: str) -> str:
    """Accept a section as it was offered: its codecs, feedback and extensions."""
    lines = offered.replace("\r", "").split("\n")
    kind, _, _, payload_types = lines[0].split(" ", 3)
    mid = next(line[6:] for line in lines if line.startswith("a=mid:"))
    kept = ("a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=extmap:")
    accepted = "".join(f"{line}\n" for line in lines if line.startswith(kept))
    return _section(endpoint, mid, kind, payload_types, "a=recvonly\n" + accepted)


def _media_payload_types(sdp: str) -> set[int]:
    return {int(number) for number, name in re.findall(r"(?m)^a=rtpmap:(\d+) (\w+)", sdp) if name.lower() != "rtx"}


def _transport_cc_id(sdp: str) -> int:
    found = re.search(rf"(?m)^a=extmap:(\d+)\S* {re.escape(_TRANSPORT_CC)}", sdp)
    return int(found[1]) if found else 0


def _remote(sdp: str) -> RemoteTransport:
    address = re.search(r"a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host", sdp, re.IGNORECASE)
    fragment = re.search(r"a=ice-ufrag:(\S+)", sdp)
    password = re.search(r"a=ice-pwd:(\S+)", sdp)
    fingerprint = re.search(r"a=fingerprint:(\S+) (\S+)", sdp)
    if address is None or fragment is None or password is None or fingerprint is None:
        raise ConnectionError("Janus' SDP has no transport")
    return RemoteTransport(
        (address[1], int(address[2])), fragment[1], password[1], [(fingerprint[1].lower(), fingerprint[2])]
    )
