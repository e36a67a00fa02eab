/** The test of camera, microphone, speaker and network before a call (B11, C2). */
export const equipment = {
  open: 'Testa din utrustning',
  title: 'Testa din utrustning',
  text: 'Kontrollera kamera, mikrofon, högtalare och nätverk. Ingen ser eller hör dig.',
  done: 'Klar',
  works: 'Det fungerar, klar',
  startTitle: 'Testa din utrustning inför videobesöket',
  startText: 'Det tar en minut. Webbläsaren frågar om den får använda kamera och mikrofon: välj Tillåt.',
  start: 'Starta testet',
  doneTitle: 'Testet är klart',
  closeText: 'Du kan stänga sidan. Länken till ditt besök får du i ett sms eller mejl.',
  again: 'Testa igen',
  network: 'Nätverk',
  checking: 'Kontrollerar nätverket',
  good: 'Nätverket fungerar: sidan når både mottagningen och videotjänsten.',
  atLast: 'Hur väl bild och ljud kommer fram märks först i samtalet.',
  slow: 'Nätverket är långsamt. Gå närmare routern eller byt nätverk, annars kan bilden pausas.',
  blocked:
    'Nätverket släpper inte fram videosamtal. Byt nätverk, till exempel till mobilens, eller stäng av VPN.',
  offline: 'Sidan når inte internet. Kontrollera uppkopplingen.',
} as const
