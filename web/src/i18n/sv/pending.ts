/** Väntar på patientuppgifter (V3). */
export const pending = {
  title: 'Väntar på patientuppgifter',
  showAll: 'Visa alla {{number}}',
  missing: {
    unknown_patient: 'Patienten finns inte här än',
    contact: 'Patienten saknar mobilnummer',
    ombud: 'Barnets ombud är inte valt',
    not_bookable: 'Patienten kan inte bokas för videobesök',
  },
  action: {
    unknown_patient: 'Skapa patient',
    contact: 'Lägg till nummer',
    ombud: 'Välj ombud',
    not_bookable: 'Se varför',
  },
  complete: 'Komplettera bokningen',
  toStart: 'Till startsidan',
  help: {
    unknown_patient:
      'Bokningen kom från bokningssystemet, och patienten finns inte här än. Hämta uppgifterna från folkbokföringen och skapa patienten, så skickas inbjudan.',
    contact: 'Patienten saknar mobilnummer. Lägg till det, så skickas inbjudan.',
    ombud: 'Ett barn behöver ett ombud, som får länken. Välj vem av vårdnadshavarna det är.',
    not_bookable: 'Ett videobesök kan inte bokas för patienten. Ändra eller avboka tiden i bokningssystemet.',
  },
  fetch: 'Hämta uppgifter',
  ready: 'Allt som behövs finns. Inget är skickat än.',
  send: 'Skapa besöket och skicka inbjudan',
  done: 'Bokningen är klar. Inbjudan är på väg.',
  gone: 'Bokningen väntar inte längre: den är klar, eller ändrad i bokningssystemet.',
} as const
