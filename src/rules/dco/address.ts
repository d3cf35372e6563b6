/** What an e-mail address in a commit is worth, by its spelling alone. */

/** Letters, digits and the signs of RFC 5322 §3.2.3, and every letter beyond ASCII (RFC 6531). */
const ATOM = String.raw`[\w!#$%&'*+/=?^{|}~\x60\u00a1-\u{10ffff}-]+`;
/** Also `[bot]` and a quoted part before the @, and a bare number in brackets after it. */
const ADDRESS = new RegExp(
  String.raw`^(?:${ATOM}(?:\.${ATOM})*(?:\[bot\])?|"[^"\\]{1,62}")@(?:${ATOM}(?:\.${ATOM})*|\[[\da-f:.]{2,45}\])$`,
  'iu',
);

/** An address that mail systems could read; both DCO Apps refuse what is refused here. */
export function isAddress(email: string): boolean {
  const at = email.lastIndexOf('@');
  return email.length <= 320 && at <= 64 && ADDRESS.test(email);
}

/** A valid address on a machine's own name, such as `jane@laptop`: no mail from elsewhere reaches it. */
export function isLocalOnly(email: string): boolean {
  return isAddress(email) && /@[^.[\]]+$/.test(email);
}
