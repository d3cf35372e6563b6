/** `steward docs`: writes the generated documents, or says which of them are out of date. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PACKAGE_FOLDER } from '../server/config.ts';
import { EXIT, type Console } from './console.ts';

export const DOCS_FORMATS = ['text', 'json'] as const;

export interface DocsOptions {
  /** Changes nothing. */
  readonly check?: boolean;
  readonly format: (typeof DOCS_FORMATS)[number];
}

/** Brings documents up to date below a folder; with `check` it only says which are not. */
export async function writeDocs(
  documents: ReadonlyMap<string, string>,
  { check = false, format }: DocsOptions,
  console: Console,
  folder = PACKAGE_FOLDER,
): Promise<number> {
  const outdated: string[] = [];
  for (const [path, content] of documents) {
    const file = join(folder, path);
    if ((await textAt(file)) === content) continue;
    outdated.push(path);
    if (check) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await console.out(
    format === 'json' ? `${JSON.stringify({ checked: documents.size, outdated }, null, 2)}\n` : told(outdated, check),
  );
  if (!check || outdated.length === 0) return EXIT.fine;
  console.note('Run `npm run docs` and commit the result.');
  return EXIT.blocking;
}

function told(outdated: readonly string[], isCheck: boolean): string {
  if (outdated.length === 0) return 'All generated documents are current.\n';
  return outdated.map((path) => `${path}: ${isCheck ? 'out of date' : 'written'}\n`).join('');
}

async function textAt(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
