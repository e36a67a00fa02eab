import type { Translation } from '../shape'
import type { eid as swedish } from '../sv/eid'

export const eid: Translation<typeof swedish> = {
  title: 'Identify yourself with BankID',
  why: 'This is how we know that the right person comes to the visit.',
  qrHow: 'Open the BankID app on your phone, press the QR symbol and point the camera at the code.',
  qrLabel: 'QR code for BankID',
  sameHow: 'Press the button and the BankID app opens. Then come back here; the page continues by itself.',
  openHere: 'Open BankID on this device',
  useOther: 'Use BankID on another device',
  cancel: 'Cancel',
  retry: 'Try again',
  starting: 'Starting BankID',
  complete: 'Done. You are identified.',
  wrongPersonTitle: 'Wrong person',
  wrongPerson:
    'The visit is booked for someone other than the person who identified themselves. Only the person invited can log in with this link.',
  onlyInvited: 'Only the person whom the visit is booked for can log in with this link.',
  wrongPersonDo: 'Ask the person invited to identify themselves, or contact the clinic.',
  failedTitle: 'You could not be identified',
  unavailable: 'BankID does not answer right now. Try again in a moment.',
  RFA1: 'Start your BankID app.',
  RFA3: 'Action cancelled. Please try again.',
  RFA4: 'An identification or signing for this personal number is already started. Please try again.',
  RFA5: 'Internal error. Please try again.',
  RFA6: 'Action cancelled.',
  RFA8: "The BankID app is not responding. Please check that it's started and that you have internet access. If you don't have a valid BankID you can get one from your bank. Try again.",
  RFA9: 'Enter your security code in the BankID app and select Identify.',
  RFA13: 'Trying to start your BankID app.',
  RFA14:
    "Searching for BankID, it may take a little while. If no BankID is found, you probably don't have a BankID that can be used here. You can then get one from your bank.",
  RFA15:
    "Searching for BankID, it may take a little while. If no BankID is found, you probably don't have a BankID that can be used on this device. If you have a BankID on another device you can use that instead.",
  RFA16:
    'The BankID you are trying to use is blocked or too old. Please use another BankID or get a new one from your bank.',
  RFA17A:
    "The BankID app couldn't be found on your computer or mobile device. Please install it and get a BankID from your bank. Install the app from your app store or https://install.bankid.com.",
  RFA17B:
    "Failed to scan the QR code. Start the BankID app and scan the QR code. Check that the BankID app is up to date. If you don't have the BankID app, you need to install it and get a BankID from your bank. Install the app from your app store or https://install.bankid.com.",
  RFA21: 'Identification in progress.',
  RFA22: 'Unknown error. Please try again.',
  RFA23: 'Process your machine-readable travel document using the BankID app.',
}
