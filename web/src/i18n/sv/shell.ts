export const shell = {
  home: 'Vårdrum, till startsidan',
  mainMenu: 'Huvudmeny',
  search: 'Sök patient',
  book: 'Boka',
  logOut: 'Logga ut',
  shortcuts: 'Kortkommandon',
  keyBook: 'Boka ett besök',
  keyRows: 'Upp och ner i listor',
  keyEnter: 'Skicka, eller öppna det som är valt',
  keyNewLine: 'Ny rad i chatten',
  keyOverview: 'Visa den här listan',
  singleKeys: 'Använd kortkommandon med en tangent',
} as const
