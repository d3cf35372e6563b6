/** A register that SQLite cannot read, in words: an incident, and not a fault of this program. */
import { join } from 'node:path';
import { UsageError } from '../repository.ts';

/** The database is damaged, or is no database. */
export class DamagedRegister extends Error {
  override readonly name = 'DamagedRegister';
}

/** SQLite's result codes: the file is malformed, is no database, or cannot be opened or read. */
const DAMAGED: readonly unknown[] = [10, 11, 14, 26];

/** What an error of the database means for the office; others are given back as they are. */
export function registerError(error: unknown, dataFolder: string | undefined): unknown {
  const { code, errcode, message } = (error ?? {}) as { code?: unknown; errcode?: unknown; message?: string };
  if (code !== 'ERR_SQLITE_ERROR' || dataFolder === undefined) return error;
  const path = join(dataFolder, 'steward.db');
  // The extended codes hold the simple one in their lowest eight bits.
  if (typeof errcode === 'number' && DAMAGED.includes(errcode & 0xff)) {
    return new DamagedRegister(
      `The register cannot be read: ${path} is damaged, or is no database of Steward (SQLite: ${message ?? ''}).\n` +
        'Keep the file as it is, restore a backup into another folder, and check that with ' +
        '`STEWARD_DATA=FOLDER steward cla verify --anchor HASH`.',
      { cause: error },
    );
  }
  if (/^no such (?:table|column)/.test(message ?? '')) {
    return new UsageError(
      `${path} is empty or from another version of Steward (SQLite: ${message ?? ''}). ` +
        'Start the server of this version once, which brings it to the present; or use the version that wrote it.',
      { cause: error },
    );
  }
  return error;
}
