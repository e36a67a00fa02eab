"""What a browser's own statistics say of the call it receives (W3C webrtc-stats), and how steadily a tone is heard."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

# Keeps the page's connections where the test finds them.
_KEEP_CONNECTIONS = """
(() => {
  const Original = window.RTCPeerConnection;
  window.testConnections = [];
  window.RTCPeerConnection = class extends Original {
    constructor(...options) { super(...options); window.testConnections.push(this); }
  };
})();
"""

_READ = """
async kind => {
  const sum = {frames: 0, height: 0, frozen_s: 0, concealed: 0, samples: 0, lost: 0, received: 0, octets: 0};
  for (const connection of window.testConnections) {
    if (connection.connectionState === 'closed') continue;
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type !== 'inbound-rtp' || entry.kind !== kind) continue;
      sum.frames += entry.framesDecoded ?? 0;
      sum.height = Math.max(sum.height, entry.frameHeight ?? 0);
      sum.frozen_s += entry.totalFreezesDuration ?? 0;
      sum.concealed += (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0);
      sum.samples += entry.totalSamplesReceived ?? 0;
      sum.lost += entry.packetsLost ?? 0;
      sum.received += entry.packetsReceived ?? 0;
      sum.octets += entry.bytesReceived ?? 0;
    }
  }
  return sum;
}
"""


# In what share of windows of 170 ms the tone is the loudest, and loud enough to be understood.
_TONE = """
async ([selector, hertz, seconds]) => {
  const audio = new AudioContext();
  await audio.resume();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  audio.createMediaStreamSource(document.querySelector(selector).srcObject).connect(analyser);
  const levels = new Float32Array(analyser.frequencyBinCount);
  let heard = 0, windows = 0;
  await new Promise(done => setTimeout(done, 300));
  for (const end = performance.now() + seconds * 1000; performance.now() < end; windows++) {
    await new Promise(done => setTimeout(done, 180));
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.indexOf(Math.max(...levels));
    const frequency = loudest * audio.sampleRate / analyser.fftSize;
    if (levels[loudest] > -60 && Math.abs(frequency - hertz) < 12) heard++;
  }
  await audio.close();
  return heard / windows;
}
"""


@dataclass(frozen=True)
class Received:
    """Sums over all streams of one kind; `samples` and `concealed` of sound, the rest of pictures."""

    frames: int
    height: int
    frozen_s: float
    concealed: int
    samples: int
    lost: int
    received: int
    octets: int

    def since(self, earlier: "Received") -> "Received":
        """What came in between; `height` is the present one."""
        return Received(
            self.frames - earlier.frames,
            self.height,
            self.frozen_s - earlier.frozen_s,
            self.concealed - earlier.concealed,
            self.samples - earlier.samples,
            self.lost - earlier.lost,
            self.received - earlier.received,
            self.octets - earlier.octets,
        )

    @property
    def concealed_share(self) -> float:
        """Sound that the browser had to make up."""
        return self.concealed / max(self.samples, 1)


def keep_connections(context: BrowserContext) -> None:
    """Call before the context's first page."""
    context.add_init_script(_KEEP_CONNECTIONS)


def received(page: Page, kind: str) -> Received:
    """What has come so far."""
    return Received(**page.evaluate(_READ, kind))


def tone_share(page: Page, selector: str, hertz: int, seconds: float) -> float:
    """How much of the time the tone is heard, 0-1."""
    return float(page.evaluate(_TONE, [selector, hertz, seconds]))
