/** What an audit has finished, kept line by line in a file, so that it can go on after an interruption. */
import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Row } from './audit-table.ts';
import { UsageError } from './repository.ts';
import { verdict } from './schemas.ts';

export interface Journal {
  /** Finished in earlier runs. */
  readonly rows: readonly Row[];
  readonly keep: (row: Row) => Promise<void>;
}

/** What an audit is about: a journal of another one is refused. */
export interface Purpose {
  readonly owner: string;
  /** Text of the policy that was given; null: the organization's own. */
  readonly policy: string | null;
}

const head = z.strictObject({ audit: z.string(), policy: z.string() });
const row = z.union([
  z.strictObject({ repository: z.string(), verdict }),
  z.strictObject({ repository: z.string(), skipped: z.string() }),
]);

/** Opens the journal at a path, or begins it there; null: nothing is kept. Throws `UsageError` for one of another audit. */
export async function openJournal(path: string | null, { owner, policy }: Purpose): Promise<Journal> {
  if (path === null) return { rows: [], keep: () => Promise.resolve() };
  const purpose = {
    audit: owner.toLowerCase(),
    policy: createHash('sha256')
      .update(policy ?? '')
      .digest('hex'),
  };
  const text = await existing(path);
  const [first, ...lines] = text.split('\n');
  if (first === undefined || first === '') await appendFile(path, `${JSON.stringify(purpose)}\n`);
  else if (JSON.stringify(readLine(head, first)) !== JSON.stringify(purpose)) {
    throw new UsageError(`${path} is the journal of another audit, or of another policy. Name a new file, or remove this one.`);
  }
  // The last line may have been cut off by the interruption; that repository is read again.
  if (text !== '' && !text.endsWith('\n')) await appendFile(path, '\n');
  const rows = lines.flatMap((line) => readLine(row, line) ?? []);
  return { rows, keep: (one) => appendFile(path, `${JSON.stringify(one)}\n`) };
}

async function existing(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return '';
    throw new UsageError(`The journal ${path} cannot be read: ${String(code)}.`, { cause: error });
  }
}

function readLine<T>(schema: z.ZodType<T>, line: string): T | null {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
