import type { Translation } from '../shape'
import type { common as swedish } from '../sv/common'

export const common: Translation<typeof swedish> = {
  product: 'Vårdrum',
  loading: 'Loading',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  toStart: 'To the start page',
  show: 'Show',
  hide: 'Hide',
  copied: 'Copied',
  copyFailed: 'Copying failed. Select the text and copy it yourself.',
  language: 'Language',
  skipToContent: 'Skip to content',
  connectionLost: 'No contact with the service. What you see may be old. We keep trying.',
  connectionBack: 'The connection is back.',
  protectedIdentity: 'Protected identity',
  notFoundTitle: 'This page does not exist',
  notFoundText: 'The address leads nowhere. Check it or go to the start page.',
  showNumber: 'Show personal identity number',
  hideNumber: 'Hide personal identity number',
  age_one: '{{count}} year',
  age_other: '{{count}} years',
  ageUnknown: 'age unknown',
}
