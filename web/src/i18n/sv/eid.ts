/** BankID: the texts that BankID recommends (RFA1 and on), and ours around them. */
export const eid = {
  title: 'Legitimera dig med BankID',
  why: 'Så vet vi att det är rätt person som kommer till besöket.',
  qrHow: 'Öppna BankID-appen på din telefon, tryck på QR-symbolen och rikta kameran mot koden.',
  qrLabel: 'QR-kod för BankID',
  sameHow: 'Tryck på knappen så öppnas BankID-appen. Kom sedan tillbaka hit, sidan fortsätter av sig själv.',
  openHere: 'Öppna BankID på den här enheten',
  useOther: 'Använd BankID på en annan enhet',
  cancel: 'Avbryt',
  retry: 'Försök igen',
  starting: 'Startar BankID',
  complete: 'Klart. Du är legitimerad.',
  wrongPersonTitle: 'Fel person',
  wrongPerson:
    'Besöket är bokat för någon annan än den som legitimerade sig. Bara den som är kallad kan logga in med den här länken.',
  onlyInvited: 'Bara den som besöket är bokat för kan logga in med den här länken.',
  wrongPersonDo: 'Be den som är kallad att legitimera sig, eller kontakta mottagningen.',
  failedTitle: 'Det gick inte att legitimera dig',
  unavailable: 'BankID svarar inte just nu. Försök igen om en stund.',
  RFA1: 'Starta BankID-appen.',
  RFA3: 'Åtgärden avbruten. Försök igen.',
  RFA4: 'En identifiering eller underskrift för det här personnumret är redan påbörjad. Försök igen.',
  RFA5: 'Internt tekniskt fel. Försök igen.',
  RFA6: 'Åtgärden avbruten.',
  RFA8: 'BankID-appen svarar inte. Kontrollera att den är startad och att du har internetanslutning. Om du inte har något giltigt BankID kan du skaffa ett hos din bank. Försök sedan igen.',
  RFA9: 'Skriv in din säkerhetskod i BankID-appen och välj Identifiera.',
  RFA13: 'Försöker starta BankID-appen.',
  RFA14:
    'Söker efter BankID, det kan ta en liten stund. Om inget BankID hittas har du sannolikt inget BankID som går att använda här. Då kan du skaffa ett hos din bank.',
  RFA15:
    'Söker efter BankID, det kan ta en liten stund. Om inget BankID hittas har du sannolikt inget BankID som går att använda på den här enheten. Har du BankID på en annan enhet kan du använda den i stället.',
  RFA16:
    'Det BankID du försöker använda är blockerat eller för gammalt. Använd ett annat BankID eller skaffa ett nytt hos din bank.',
  RFA17A:
    'BankID-appen verkar inte finnas i din dator eller mobil. Installera den och skaffa ett BankID hos din bank. Installera appen från din appbutik eller https://install.bankid.com.',
  RFA17B:
    'Misslyckades att läsa av QR-koden. Starta BankID-appen och läs av QR-koden. Kontrollera att BankID-appen är uppdaterad. Om du inte har BankID-appen måste du installera den och skaffa ett BankID hos din bank. Installera appen från din appbutik eller https://install.bankid.com.',
  RFA21: 'Identifiering pågår.',
  RFA22: 'Okänt fel. Försök igen.',
  RFA23: 'Fotografera och läs av din ID-handling med BankID-appen.',
} as const
