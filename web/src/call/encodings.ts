/** How own media is encoded. The one place to turn on simulcast. */

import type { ProducerOptions, RtpCapabilities, RtpCodecCapability } from 'mediasoup-client/types'
import type { Source } from '../protocol/signalling'

const CAMERA_BITRATE_BPS = 1_500_000
const CAMERA_START_KBPS = 800

type Encoding = Pick<ProducerOptions, 'encodings' | 'codecOptions' | 'codec'>

export function encodingFor(source: Source, capabilities: RtpCapabilities): Encoding {
  if (source === 'microphone') return { codecOptions: { opusStereo: false, opusFec: true } }
  const codec = vp8(capabilities)
  return {
    encodings: [{ maxBitrate: CAMERA_BITRATE_BPS }],
    codecOptions: { videoGoogleStartBitrate: CAMERA_START_KBPS },
    ...(codec && { codec }),
  }
}

/** VP8 is what every browser and phone decodes and what the layers of simulcast are made of. */
function vp8(capabilities: RtpCapabilities): RtpCodecCapability | undefined {
  return capabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === 'video/vp8')
}
