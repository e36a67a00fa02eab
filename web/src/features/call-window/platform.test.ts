import { describe, expect, it } from 'vitest'
import { platform } from './platform'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1'
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'

describe('the platform', () => {
  it.each([
    [IPHONE, 5, 'ios'],
    [MAC, 0, 'computer'],
    [MAC, 5, 'ios'],
    [ANDROID, 5, 'android'],
    [WINDOWS, 10, 'computer'],
  ] as const)('of %s with %d touch points is %s', (userAgent, maxTouchPoints, expected) => {
    expect(platform({ userAgent, maxTouchPoints })).toBe(expected)
  })
})
