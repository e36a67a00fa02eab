import type { Translation } from '../shape'
import type { equipment as swedish } from '../sv/equipment'

export const equipment: Translation<typeof swedish> = {
  open: 'Test your equipment',
  title: 'Test your equipment',
  text: 'Check camera, microphone, speaker and network. Nobody sees or hears you.',
  done: 'Done',
  works: 'It works, done',
  startTitle: 'Test your equipment before the video visit',
  startText: 'It takes a minute. The browser asks whether it may use camera and microphone: choose Allow.',
  start: 'Start the test',
  doneTitle: 'The test is done',
  closeText: 'You can close this page. The link to your visit comes in a text message or e-mail.',
  again: 'Test again',
  network: 'Network',
  checking: 'Checking the network',
  good: 'The network works: this page reaches both the clinic and the video service.',
  atLast: 'How well picture and sound get through is seen only in the call.',
  slow: 'The network is slow. Move closer to the router or change network, or pictures may be paused.',
  blocked:
    'The network does not let video calls through. Change network, for example to mobile data, or turn off VPN.',
  offline: 'This page cannot reach the internet. Check the connection.',
}
