export const sessions = {
  title: 'Mina inloggningar',
  text: 'Här är du inloggad just nu. Känner du inte igen en inloggning, avsluta den.',
  here: 'Den här inloggningen',
  device: '{{browser}} på {{system}}',
  unknownDevice: 'Okänd webbläsare',
  times: 'Inloggad {{started}}, senast använd {{used}}',
  end: 'Avsluta',
  endNamed: 'Avsluta inloggningen i {{device}}',
  endAll: 'Avsluta alla andra',
  onlyHere: 'Du är inte inloggad någon annanstans.',
  ended_one: 'Inloggningen är avslutad.',
  ended_other: '{{count}} inloggningar är avslutade.',
} as const
