export const chat = {
  title: 'Chatt',
  empty: 'Inget skrivet än.',
  closed: 'Chatten är stängd.',
  me: 'Du',
  send: 'Skicka',
  discard: 'Ta bort',
  state: {
    sending: 'Skickas',
    waiting: 'Väntar på kontakt, skickas av sig själv',
    refused: 'Gick inte att skicka',
  },
} as const
