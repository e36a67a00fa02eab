export const login = {
  title: 'Logga in',
  text: 'Videobesök för dig som arbetar i vården.',
  withSiths: 'Logga in med SITHS',
  help: 'Du behöver ditt SITHS-kort eller SITHS eID i mobilen. Är du patient? Använd länken i ditt sms eller mejl.',
  loggedOut: 'Du är utloggad.',
  chooseTitle: 'Välj medarbetaruppdrag',
  chooseText: '{{name}}, välj det uppdrag du ska arbeta på nu. Du kan byta senare utan att logga in igen.',
  currentCommission: 'Du arbetar här nu',
  again: 'Logga in igen',
  sessionEnded: 'Din inloggning har upphört. Logga in igen så kommer du tillbaka dit du var.',
} as const
