/** The browser's picker for screens, windows and tabs (W3C screen-capture). */

/** Not yet in TypeScript's own types. */
interface ScreenOptions extends DisplayMediaStreamOptions {
  selfBrowserSurface: 'exclude'
  surfaceSwitching: 'include'
  systemAudio: 'exclude'
}

const OPTIONS: ScreenOptions = {
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { ideal: 15, max: 30 } },
  audio: true,
  // The call's own tab would show itself within itself.
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  // All that the computer plays has the others' voices in it; a tab's sound is still offered.
  systemAudio: 'exclude',
}

/** Phones have no such thing, or only the name of it. */
export function canCaptureScreen(
  devices: Partial<Pick<MediaDevices, 'getDisplayMedia'>> | undefined,
): boolean {
  return typeof devices?.getDisplayMedia === 'function'
}

export function captureScreen(): Promise<MediaStream> {
  return navigator.mediaDevices.getDisplayMedia(OPTIONS)
}
