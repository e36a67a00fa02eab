export const login = {
  title: 'Logga in',
  text: 'Videobesök för dig som arbetar i vården.',
  withSiths: 'Logga in med SITHS',
  help: 'Du behöver ditt SITHS-kort eller SITHS eID i mobilen. Är du patient? Använd länken i ditt sms eller mejl.',
  loggedOut: 'Du är utloggad.',
  sessionEnded: 'Din inloggning har upphört. Logga in igen så kommer du tillbaka dit du var.',
} as const
