"""What a participant really sees and hears: decoded frames and the measured frequency, not "connected"."""

from playwright.sync_api import Page

from tests.e2e.camera import Person, Rgb

# The middle of the picture, averaged; null until a frame has been decoded.
_SEEN = """
selector => {
  const video = document.querySelector(selector);
  if (!video || !video.videoWidth || video.readyState < 2) return null;
  const canvas = new OffscreenCanvas(8, 8);
  const draw = canvas.getContext('2d', { willReadFrequently: true });
  const { videoWidth: w, videoHeight: h } = video;
  draw.drawImage(video, w / 4, h / 4, w / 2, h / 2, 0, 0, 8, 8);
  const data = draw.getImageData(0, 0, 8, 8).data;
  const sum = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) sum[c] += data[i + c];
  return sum.map(value => value / (data.length / 4));
}
"""

# Loudest frequency in what the element plays, null when it is silent. The element's own stream is analysed.
_HEARD = """
async selector => {
  const media = document.querySelector(selector);
  if (!media || !media.srcObject || media.srcObject.getAudioTracks().length === 0) return null;
  const audio = new AudioContext();
  await audio.resume();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 8192;
  audio.createMediaStreamSource(media.srcObject).connect(analyser);
  await new Promise(done => setTimeout(done, 400));
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  await audio.close();
  return levels[loudest] < -60 ? null : loudest * audio.sampleRate / analyser.fftSize;
}
"""

# Frames decoded so far: it grows while the picture moves.
FRAMES = "selector => document.querySelector(selector)?.getVideoPlaybackQuality().totalVideoFrames ?? 0"

# Keeps the page's connections at hand, so that what they receive can be asked; runs before the page's own scripts.
WATCH_RECEIVING = """
  const Connection = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Connection {
    constructor(...given) { super(...given); window.connections.push(this); }
  };
"""
_PICTURES_RECEIVED = """
async () => {
  let bytes = 0;
  for (const connection of window.connections)
    for (const entry of (await connection.getStats()).values())
      if (entry.type === 'inbound-rtp' && entry.kind === 'video') bytes += entry.bytesReceived;
  return bytes;
}
"""


def pictures_received(page: Page) -> int:
    """Bytes of pictures so far, in a page that has run `WATCH_RECEIVING`."""
    return int(page.evaluate(_PICTURES_RECEIVED))


def remote_screen() -> str:
    """Selector of a screen that another participant shares."""
    return 'video[data-participant-id][data-source="screen"]'


def remote_video(participant_id: str = "") -> str:
    """Selector of another participant's picture; of anyone's when no id is given."""
    who = f'[data-participant-id="{participant_id}"]' if participant_id else "[data-participant-id]"
    return f'video{who}[data-source="camera"]:not([data-self])'


def remote_audio() -> str:
    return 'audio[data-participant-id][data-source="microphone"]'


def seen(page: Page, selector: str) -> Rgb | None:
    """The average colour of a video element now."""
    colour = page.evaluate(_SEEN, selector)
    return None if colour is None else (round(colour[0]), round(colour[1]), round(colour[2]))


def heard_hz(page: Page, selector: str) -> float | None:
    """The loudest frequency of a media element now."""
    frequency = page.evaluate(_HEARD, selector)
    return None if frequency is None else float(frequency)


def is_seen(page: Page, person: Person, selector: str) -> bool:
    """Whether the element shows the person's colour, within what the codec may do to it."""
    colour = seen(page, selector)
    return colour is not None and all(abs(a - b) < 45 for a, b in zip(colour, person.colour, strict=True))


def is_heard(page: Page, person: Person, selector: str) -> bool:
    """Whether the person's tone is the loudest, within one bin of the analysis."""
    frequency = heard_hz(page, selector)
    return frequency is not None and abs(frequency - person.tone_hz) < 12
