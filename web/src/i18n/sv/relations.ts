export const relations = {
  title: 'Relationer',
  details: 'Uppgifter',
  tabs: 'Om patienten',
  guardians: 'Vårdnadshavare',
  protectedGuardian: 'Vårdnadshavare',
  deceased: 'Avliden',
  noPhone: 'Inget mobilnummer',
  changeContacts: 'Ändra kontaktuppgifter',
  changeContactsOf: 'Ändra kontaktuppgifter för {{name}}',
  saved: 'Kontaktuppgifterna är sparade',
  refusal: {
    child_protected: 'Kan inte vara ombud: barnet har skyddade personuppgifter.',
    guardian_protected: 'Kan inte vara ombud på grund av skyddade personuppgifter.',
    guardian_deceased: 'Kan inte vara ombud.',
  },
  ombud: 'Ombud',
  ombudHelp: 'Får länken och legitimerar sig med egen e-legitimation.',
  primaryContact: 'Primär kontakt',
  primaryContactHelp: 'Den som vården kontaktar först om besöket.',
  nobody: 'Ingen',
  chooseOmbud: 'Välj ett ombud.',
  ombudNeedsPhone: 'Ombudet behöver ett mobilnummer. Lägg till det ovanför.',
  noGuardian:
    'Folkbokföringen har ingen vårdnadshavare för barnet. Ingen kan vara ombud, så ett videobesök kan inte bokas. Boka ett telefonbesök eller ett besök på mottagningen.',
  childProtected:
    'Barnet har skyddade personuppgifter. Ingen kan vara ombud, så ett videobesök kan inte bokas. Boka ett telefonbesök eller ett besök på mottagningen.',
  nobodyMayAct:
    'Ingen av vårdnadshavarna kan vara ombud, så ett videobesök kan inte bokas. Boka ett telefonbesök eller ett besök på mottagningen.',
  withheld: 'Folkbokföringen lämnar inte ut vårdnadshavarna till ett barn med skyddade personuppgifter.',
  inviteAsGuest: 'Bjud in som gäst',
  inviteAsGuestNamed: 'Bjud in {{name}} som gäst',
  otherGuardian: 'Andra vårdnadshavare',
  save: 'Spara relationer',
  visitSaved: 'Relationerna är sparade',
  willInvite: 'När du sparar får {{name}} en inbjudan. Ett tidigare ombuds länk slutar gälla direkt.',
  willInviteAnew:
    'När du sparar skickas inbjudan till det nya numret. Den tidigare länken slutar gälla direkt.',
  turnsYouth:
    'Barnet fyller {{age}} före besöket: besöket bokas som {{age}}+, utan ombud och med barnets egen e-legitimation.',
  turnsAdult: 'Patienten fyller 18 före besöket, som bokas som vuxenbesök.',
  youthNeedsPhone: 'Patienten behöver ett eget mobilnummer. Inbjudan skickas dit.',
} as const
