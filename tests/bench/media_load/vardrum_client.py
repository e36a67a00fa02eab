"""Our own signalling (docs/protocol.md section 2), with join tokens that the benchmark signs itself."""

import asyncio
import itertools
import secrets
import time
from typing import Any

import jwt
from aiohttp import ClientSession, ClientWebSocketResponse, TCPConnector
from aiortc.rtcdtlstransport import RTCCertificate

from tests.bench.media_load import source as media
from tests.bench.media_load.endpoint import Endpoint, RemoteTransport
from tests.bench.media_load.plan import Call, Load

KEY_ID = "bench"
PERMISSIONS = ["publish_audio", "publish_video", "share_screen", "chat", "mute_others", "end_call"]
ANSWER_TIMEOUT_S = 10.0
_AUDIO_FEEDBACK = [{"type": "nack", "parameter": ""}, {"type": "transport-cc", "parameter": ""}]
_VIDEO_FEEDBACK = [*_AUDIO_FEEDBACK, {"type": "nack", "parameter": "pli"}, {"type": "ccm", "parameter": "fir"}]
_VIEW = {"width": 1280, "height": 720, "pinned": False}
_TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
_COMMON_EXTENSIONS = {
    "urn:ietf:params:rtp-hdrext:sdes:mid": media.MID_ID,
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time": media.ABS_SEND_TIME_ID,
    _TRANSPORT_CC: media.TRANSPORT_CC_ID,
}
_VIDEO_EXTENSIONS = _COMMON_EXTENSIONS | {"urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id": media.RID_ID}
_AUDIO_EXTENSIONS = _COMMON_EXTENSIONS | {"urn:ietf:params:rtp-hdrext:ssrc-audio-level": media.AUDIO_LEVEL_ID}


class _Participant:
    """One signalling socket."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.consumers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._insisting: set[asyncio.Task[dict[str, Any]]] = set()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for frame in self._socket:
            message = frame.json()
            if "id" in message:
                self._answers.pop(message["id"]).set_result(message)
            elif message["event"] == "newConsumer":
                self.consumers.put_nowait(message["data"])
            elif message["event"] == "consumerPaused":
                self._insist(message["data"]["consumerId"])

    def _insist(self, consumer_id: str) -> None:
        """Ask for what was paused, as a person may: loads are larger than what an estimate begins with."""
        request = asyncio.create_task(self.request("resumeConsumer", consumerId=consumer_id))
        self._insisting.add(request)
        request.add_done_callback(self._insisting.discard)

    async def request(self, method: str, **data: Any) -> dict[str, Any]:
        """Ask, and wait for the answer. Raises ConnectionError if the server refuses."""
        number = next(self._ids)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "data": data})
        answer = await asyncio.wait_for(self._answers[number], ANSWER_TIMEOUT_S)
        if not answer["ok"]:
            raise ConnectionError(f"{method}: {answer['error']['code']}")
        result: dict[str, Any] = answer["data"]
        return result

    async def open_transport(self, direction: str, certificate: RTCCertificate) -> tuple[str, Endpoint]:
        """A transport that is connected."""
        endpoint = Endpoint(certificate)
        created = await self.request("createTransport", direction=direction)
        fingerprints = [{"algorithm": "sha-256", "value": endpoint.fingerprint}]
        dtls = {"role": "client", "fingerprints": fingerprints}
        await self.request("connectTransport", transportId=created["id"], dtlsParameters=dtls)
        await endpoint.connect(_remote(created))
        return created["id"], endpoint

    async def close(self) -> None:
        """Leave the call."""
        await self._socket.close()
        await self._reader


def _remote(created: dict[str, Any]) -> RemoteTransport:
    candidate, ice = created["iceCandidates"][0], created["iceParameters"]
    return RemoteTransport(
        (candidate["address"], candidate["port"]),
        ice["usernameFragment"],
        ice["password"],
        [(item["algorithm"], item["value"]) for item in created["dtlsParameters"]["fingerprints"]],
    )


class VardrumClient:
    """Calls on one node of ours."""

    def __init__(self, url: str, node_id: str, private_key_pem: str) -> None:
        self._url = url
        self._node_id = node_id
        self._key = private_key_pem
        self._http = ClientSession(connector=TCPConnector(limit=0))
        self._certificate = RTCCertificate.generateCertificate()
        self._participants: list[_Participant] = []

    async def open_call(self, load: Load) -> Call:
        """Bring one call up."""
        call_id = f"bench-{secrets.token_hex(6)}"
        call = Call()
        publishers = [await self._join(call_id) for _ in range(load.publishers)]
        for participant, _ in publishers:
            call.senders.append(await self._publish(participant, load))
        watchers = [await self._join(call_id) for _ in range(load.receivers)]
        for participant, capabilities in publishers if load.mutual else watchers:
            others = load.publishers - 1 if load.mutual else load.publishers
            call.receivers.append(await self._receive(participant, capabilities, others * len(load.streams)))
        return call

    async def _join(self, call_id: str) -> tuple[_Participant, dict[str, Any]]:
        socket = await self._http.ws_connect(self._url, protocols=["vardrum.media.v1"])
        participant = _Participant(socket)
        self._participants.append(participant)
        joined = await participant.request("join", token=self._token(call_id))
        return participant, joined["routerRtpCapabilities"]

    def _token(self, call_id: str) -> str:
        now = int(time.time())
        claims = {
            "iss": "vardrum",
            "aud": "vardrum-media",
            "sub": f"p-{secrets.token_hex(6)}",
            "jti": secrets.token_hex(16),
            "iat": now,
            "exp": now + 60,
            "call_id": call_id,
            "node_id": self._node_id,
            "epoch": 1,
            "name": "Load",
            "role": "staff",
            "permissions": PERMISSIONS,
        }
        return jwt.encode(claims, self._key, algorithm="EdDSA", headers={"kid": KEY_ID})

    async def _publish(self, participant: _Participant, load: Load) -> tuple[Endpoint, list[media.Source]]:
        transport_id, endpoint = await participant.open_transport("send", self._certificate)
        sources = media.sources_of(load.streams, load.fan_out)
        for layers in media.by_mid(sources):
            is_video = layers[0].stream.is_video
            await participant.request(
                "produce",
                transportId=transport_id,
                kind="video" if is_video else "audio",
                source="camera" if is_video else "microphone",
                rtpParameters=_rtp_parameters(layers),
                paused=False,
            )
        return endpoint, sources

    async def _receive(self, participant: _Participant, capabilities: dict[str, Any], streams: int) -> Endpoint:
        _, endpoint = await participant.open_transport("recv", self._certificate)
        await participant.request("subscribe", rtpCapabilities=capabilities)
        for _ in range(streams):
            consumer = await asyncio.wait_for(participant.consumers.get(), ANSWER_TIMEOUT_S)
            parameters = consumer["rtpParameters"]
            endpoint.media_payload_types.add(parameters["codecs"][0]["payloadType"])
            for extension in parameters["headerExtensions"]:
                if extension["uri"] == _TRANSPORT_CC:
                    endpoint.transport_cc_id = extension["id"]
            if consumer["kind"] == "video":
                await participant.request("setConsumerView", consumerId=consumer["id"], **_VIEW)
            await participant.request("resumeConsumer", consumerId=consumer["id"])
        return endpoint

    async def close(self) -> None:
        """End all calls."""
        for participant in self._participants:
            await participant.close()
        await self._http.close()


def _rtp_parameters(layers: list[media.Source]) -> dict[str, Any]:
    video = layers[0].stream.is_video
    extensions = _VIDEO_EXTENSIONS if video else _AUDIO_EXTENSIONS
    return {
        "mid": layers[0].mid,
        "codecs": _video_codecs() if video else [_opus()],
        "headerExtensions": [{"uri": uri, "id": number} for uri, number in extensions.items()],
        "encodings": [_encoding(layer, 2 ** (len(layers) - 1 - place)) for place, layer in enumerate(layers)],
        "rtcp": {"cname": media.CNAME, "reducedSize": True},
    }


def _encoding(layer: media.Source, scale_down_by: int) -> dict[str, Any]:
    if layer.rid:
        return {"rid": layer.rid, "scaleResolutionDownBy": scale_down_by}
    return {"ssrc": layer.ssrc} | ({"rtx": {"ssrc": layer.rtx_ssrc}} if layer.stream.is_video else {})


def _video_codecs() -> list[dict[str, Any]]:
    rtx = {"mimeType": "video/rtx", "payloadType": media.VP8_RTX, "parameters": {"apt": media.VP8}}
    vp8 = {"mimeType": "video/VP8", "payloadType": media.VP8, "parameters": {}, "rtcpFeedback": _VIDEO_FEEDBACK}
    return [codec | {"clockRate": media.VIDEO_CLOCK_HZ} for codec in (vp8, rtx)]


def _opus() -> dict[str, Any]:
    return {
        "mimeType": "audio/opus",
        "payloadType": media.OPUS,
        "clockRate": media.AUDIO_CLOCK_HZ,
        "channels": 2,
        "parameters": {"useinbandfec": 1},
        "rtcpFeedback": _AUDIO_FEEDBACK,
    }
