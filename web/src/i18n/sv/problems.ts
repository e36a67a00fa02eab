/** Error texts by the API's stable code: what happened and what to do. */
export const problems = {
  unknown: 'Något gick fel. Inget har ändrats. Försök igen.',
  offline: 'Ingen kontakt med servern. Inget har ändrats. Kontrollera nätverket och försök igen.',
  timeout: 'Servern svarade inte i tid. Försök igen.',
  server_error: 'Servern kunde inte svara just nu. Försök igen om en stund.',
} as const
