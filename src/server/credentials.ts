/** What proves to GitHub that Steward is the App, and the file in which the set-up page keeps it. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  appId: z.int().positive(),
  /** PEM. */
  privateKey: z.string().min(1),
  webhookSecret: z.string().min(1),
  clientId: z.string().nullable(),
  clientSecret: z.string().nullable(),
  /** The App's page on GitHub; null: not known. */
  url: z.string().nullable(),
});

export type Credentials = Readonly<z.infer<typeof schema>>;

/** Where the set-up page keeps the credentials. */
export const credentialsPath = (dataFolder: string): string => join(dataFolder, 'credentials.json');

/** The kept credentials; null when there are none. Throws a sentence for people when the file cannot be used. */
export function readKept(dataFolder: string): Credentials | null {
  const path = credentialsPath(dataFolder);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${path} cannot be read. Check that this process may read it.`, { cause: error });
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // The cause is left out: it would quote the file, which holds secrets.
    throw new Error(
      `${path} does not hold the credentials of a GitHub App. Restore it from a backup, or delete it to set Steward up again.`,
    );
  }
}

/** Keeps credentials for the next start, readable by this account only. Never overwrites any that are kept already. */
export function keepCredentials(dataFolder: string, credentials: Credentials): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = credentialsPath(dataFolder);
  writeFileSync(path, `${JSON.stringify(credentials, null, 2)}\n`, { flag: 'wx', mode: 0o600, flush: true });
  // The umask may have taken more than it should, never less; this makes the mode exact.
  chmodSync(path, 0o600);
}
