/** What a visit's address ends with when it is opened to mend who takes part. */
export const EDITING = '?redigera=deltagare'
