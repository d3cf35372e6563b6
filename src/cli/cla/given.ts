/** What people give on the command line about agreements and people, checked. */
import type { RegisteredPerson } from '../../facts/register.ts';
import { visible } from '../../facts/words.ts';
import { UsageError } from '../repository.ts';

/** The name of an agreement in the register: `OWNER/ID` or `OWNER/REPO/ID`, lower-case. Throws `UsageError`. */
export function agreementName(given: string): string {
  const name = given.trim().toLowerCase();
  if (/^[a-z0-9_-]{1,100}(?:\/[a-z0-9._-]{1,100})?\/[a-z0-9-]{1,40}$/.test(name)) return name;
  throw new UsageError(
    `--agreement ${visible(given)} is no name of an agreement. Wanted: OWNER/ID, as the policy of OWNER calls it, ` +
      'or OWNER/REPO/ID for one that the policy of a repository names.',
  );
}

/** A version as policies write them. Throws `UsageError`. */
export function versionOf(given: string): string {
  if (/^\d{1,6}(?:\.\d{1,6}){0,2}$/.test(given)) return given;
  throw new UsageError(`--version ${visible(given)} is no version. Wanted: 1, 1.2 or 1.2.3, as in the policy.`);
}

/** A SHA-256; null: none is given. Throws `UsageError`. */
export function digestOf(given: string | undefined): string | null {
  if (given === undefined) return null;
  if (/^[0-9a-f]{64}$/i.test(given)) return given.toLowerCase();
  throw new UsageError('--text-sha256 is 64 hexadecimal digits, as `sha256sum agreement.txt` prints them.');
}

/** Why the office does something: one to 1,000 characters. Throws `UsageError`. */
export function reasonOf(given: string): string {
  const reason = given.trim();
  if (reason !== '' && reason.length <= 1000) return reason;
  throw new UsageError('--reason says why, in 1 to 1,000 characters.');
}

/** A login as GitHub allows them, also old ones that end in a dash. */
export const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** `LOGIN:ID`, both told; null: the text has another form. */
export function accountIn(given: string): RegisteredPerson | null {
  const [, login = '', id] = /^@?([^:]+):([1-9]\d{0,14})$/.exec(given.trim()) ?? [];
  return LOGIN.test(login) ? { accountId: Number(id), login } : null;
}
