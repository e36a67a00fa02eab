/** How own media is encoded. The one place that decides on layers and bit rates. */

import type {
  Device,
  ProducerOptions,
  RtpCapabilities,
  RtpCodecCapability,
  RtpEncodingParameters,
} from 'mediasoup-client/types'
import type { Source } from '../protocol/signalling'

/** From what short side (pixels) of the full picture on so many layers are worth encoding. */
const LAYERS_FROM: readonly [shortSide: number, layers: number][] = [
  [540, 3],
  [270, 2],
]
/** What one layer may use, by the short side (pixels) of its picture. */
const BITRATES_BPS: readonly [shortSide: number, bitrate: number][] = [
  [180, 120_000],
  [270, 200_000],
  [360, 400_000],
  [540, 800_000],
]
const LARGEST_BITRATE_BPS = 1_500_000
const CAMERA_START_KBPS = 800
const SCREEN_BITRATE_BPS = 2_500_000
const SCREEN_FRAMES_PER_SECOND = 30

export type Encoding = Pick<ProducerOptions, 'encodings' | 'codecOptions' | 'codec'>
export type Sender = Pick<Device, 'handlerName' | 'sendRtpCapabilities'>

export function encodingFor(source: Source, track: MediaStreamTrack, sender: Sender): Encoding {
  if (track.kind === 'audio') return { codecOptions: source === 'screen' ? PROGRAMME : SPEECH }
  const codec = vp8(sender.sendRtpCapabilities)
  return {
    encodings: source === 'screen' ? [screenLayer()] : cameraLayers(shortSide(track), canSendLayers(sender)),
    codecOptions: { videoGoogleStartBitrate: CAMERA_START_KBPS },
    ...(codec && { codec }),
  }
}

const SPEECH = { opusStereo: false, opusFec: true, opusDtx: true }
/** What a shared tab plays: music and film have no pauses to leave out. */
const PROGRAMME = { opusStereo: true, opusFec: true, opusDtx: false }

/** Tells the encoder what counts: to be understood, to move, or to be read (W3C mst-content-hint). */
export function hint(source: Source, track: MediaStreamTrack): void {
  const hints = {
    microphone: 'speech',
    camera: 'motion',
    screen: track.kind === 'audio' ? 'music' : 'detail',
  }
  track.contentHint = hints[source]
}

/** Pixels of the full picture; undefined where the browser does not say. */
export function frameHeight(track: MediaStreamTrack): number | undefined {
  const { height } = track.getSettings?.() ?? {}
  return track.kind === 'video' && height ? Math.round(height) : undefined
}

/** Lowest first, as the node wants them. `largest`: short side of the full picture in pixels. */
export function cameraLayers(largest: number, several = true): RtpEncodingParameters[] {
  const layers = several ? (LAYERS_FROM.find(([from]) => largest >= from)?.[1] ?? 1) : 1
  return Array.from({ length: layers }, (_, index) => {
    const scaleResolutionDownBy = 2 ** (layers - 1 - index)
    return { scaleResolutionDownBy, maxBitrate: bitrateOf(largest / scaleResolutionDownBy), ...PLAIN }
  })
}

/** One temporal layer: the node chooses among sizes, not frame rates, and more of them cost sharpness. */
const PLAIN = { scalabilityMode: 'L1T1' }

function bitrateOf(side: number): number {
  return BITRATES_BPS.find(([upTo]) => side <= upTo)?.[1] ?? LARGEST_BITRATE_BPS
}

function screenLayer(): RtpEncodingParameters {
  return { maxBitrate: SCREEN_BITRATE_BPS, maxFramerate: SCREEN_FRAMES_PER_SECOND }
}

/** A phone held upright gives a narrow picture: its width is the short side. */
function shortSide(track: MediaStreamTrack): number {
  const { width = 1280, height = 720 } = track.getSettings?.() ?? {}
  return Math.min(width, height)
}

/** mediasoup-client's way for Safari edits the SDP as browsers of 2018 wanted it, without RIDs. */
function canSendLayers({ handlerName }: Sender): boolean {
  return handlerName !== 'Safari12'
}

/** VP8 is what every browser and phone decodes and what the layers of simulcast are made of. */
function vp8(capabilities: RtpCapabilities): RtpCodecCapability | undefined {
  return capabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === 'video/vp8')
}
