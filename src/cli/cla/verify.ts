/** `steward cla verify` and `steward cla head`: whether the register is what was entered, and what to anchor outside. */
import type { Verified } from '../../facts/register.ts';
import { EXIT, type Console } from '../console.ts';
import { UsageError } from '../repository.ts';
import type { Office } from './desk.ts';

export const REGISTER_FORMATS = ['text', 'json'] as const;
export type RegisterFormat = (typeof REGISTER_FORMATS)[number];

export interface VerifyOptions {
  readonly format: RegisterFormat;
  readonly anchor?: string;
}

const HASH = /^[0-9a-f]{64}$/;

/** Reads the whole chain and prints every fault with what to do; exit code 1 where there is one. */
export async function verify({ format, anchor }: VerifyOptions, office: Office, console: Console): Promise<number> {
  const hash = anchor?.toLowerCase();
  if (hash !== undefined && !HASH.test(hash)) {
    throw new UsageError('--anchor is the hash that `steward cla head` printed: 64 hexadecimal digits.');
  }
  const verified = await office.reading((store) => store.verifyRegister(hash));
  const faults = verified.faults.map((fault) => ({ ...fault, todo: todo(fault.sequence) }));
  const holds = faults.length === 0;
  if (format === 'json') await console.out(`${JSON.stringify({ holds, anchor: hash ?? null, ...verified, faults }, null, 2)}\n`);
  else {
    const told = faults.map(({ sequence, message, todo: step }) => `${placeOf(sequence)}: ${message}\n  ${step}\n`);
    await console.out(`${told.join('')}${summary(verified, hash)}\n`);
  }
  return holds ? EXIT.fine : EXIT.blocking;
}

/** Prints the number of entries and the hash of the last one; exit code 1 when the chain does not hold. */
export async function head({ format }: { readonly format: RegisterFormat }, office: Office, console: Console): Promise<number> {
  const { entries, head: hash, faults } = await office.reading((store) => store.verifyRegister());
  if (faults.length > 0) {
    console.note('The chain does not hold, so its head proves nothing. `steward cla verify` lists the faults.');
    return EXIT.blocking;
  }
  await console.out(
    format === 'json' ? `${JSON.stringify({ entries, head: hash }, null, 2)}\n` : `${entries} ${hash ?? 'none'}\n`,
  );
  if (hash !== null) console.note(ANCHOR);
  return EXIT.fine;
}

const ANCHOR = `Keep this line where whoever runs Steward cannot change it: in a signed commit of another repository,
in a signed message, or with a timestamping service (RFC 3161). Later,
  steward cla verify --anchor HASH
proves that nothing up to this entry has been changed or removed.`;

function placeOf(sequence: number): string {
  return sequence === 0 ? 'The chain' : `Entry ${sequence}`;
}

function todo(sequence: number): string {
  if (sequence === 0)
    return 'Compare with a backup or an export from the day of the anchor, and find out who could write the database.';
  return `Compare entry ${sequence} with a backup or an export from before, and find out who could write the database. Do not correct it in place.`;
}

function summary({ entries, erased, head: hash, faults }: Verified, anchor: string | undefined): string {
  const counted = entries === 1 ? '1 entry' : `${entries} entries`;
  const gone = erased === 0 ? '' : `, of which ${erased} in parts or wholly erased`;
  if (faults.length > 0)
    return `The register does not hold: ${counted}${gone}; ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`;
  const end = hash === null ? '' : ` Head: ${hash}`;
  return `The register holds: ${counted}${gone}.${anchor === undefined ? '' : ' The anchor is in it.'}${end}`;
}
