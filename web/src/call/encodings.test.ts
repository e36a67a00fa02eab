import { describe, expect, it } from 'vitest'
import { cameraLayers, encodingFor, frameHeight } from './encodings'

const VP8 = { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 96 } as const
const H264 = { ...VP8, mimeType: 'video/H264' } as const
const sender = (handlerName = 'Chrome111') => ({ handlerName, sendRtpCapabilities: { codecs: [H264, VP8] } })
const track = (kind: 'audio' | 'video', width = 1280, height = 720) =>
  ({ kind, getSettings: () => ({ width, height }) }) as unknown as MediaStreamTrack
const scales = (largest: number, several?: boolean) =>
  cameraLayers(largest, several).map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)

describe('the layers of a camera', () => {
  it.each([
    [1080, [4, 2, 1]],
    [720, [4, 2, 1]],
    [480, [2, 1]],
    [360, [2, 1]],
    [240, [1]],
  ])('of %d lines are scaled down by %j, lowest first', (largest, expected) => {
    expect(scales(largest)).toEqual(expected)
  })

  it('are one where the browser makes no more', () => {
    expect(scales(720, false)).toEqual([1])
  })

  it('get more bits the larger they are', () => {
    expect(cameraLayers(720).map(({ maxBitrate }) => maxBitrate)).toEqual([120_000, 400_000, 1_500_000])
  })

  it('are sent by every browser but Safari', () => {
    expect(encodingFor('camera', track('video'), sender()).encodings).toHaveLength(3)
    expect(encodingFor('camera', track('video', 720, 1280), sender('Firefox120')).encodings).toHaveLength(3)
    expect(encodingFor('camera', track('video'), sender('Safari12')).encodings).toHaveLength(1)
  })
})

describe('own media', () => {
  it('is VP8, which every browser and phone decodes', () => {
    expect(encodingFor('camera', track('video'), sender()).codec).toBe(VP8)
    expect(encodingFor('screen', track('video'), sender()).codec).toBe(VP8)
  })

  it('of the microphone repairs itself and is silent in pauses', () => {
    const { codecOptions } = encodingFor('microphone', track('audio'), sender())
    expect(codecOptions).toMatchObject({ opusFec: true, opusDtx: true, opusStereo: false })
  })

  it('of a shared tab keeps its music whole', () => {
    const { codecOptions } = encodingFor('screen', track('audio'), sender())
    expect(codecOptions).toMatchObject({ opusFec: true, opusDtx: false, opusStereo: true })
  })

  it('of a screen is one stream, sharp enough to be read', () => {
    expect(encodingFor('screen', track('video', 1920, 1080), sender()).encodings).toEqual([
      { maxBitrate: 2_500_000, maxFramerate: 30 },
    ])
  })

  it('tells the height of its picture, where the browser knows it', () => {
    expect(frameHeight(track('video'))).toBe(720)
    expect(frameHeight(track('audio'))).toBeUndefined()
    expect(frameHeight({ kind: 'video' } as MediaStreamTrack)).toBeUndefined()
  })
})
