/** Whom a contribution leaves out of the NOTICE and of the copyright lines beside license texts. */
import { known, unknown, type Answer } from '../answer.ts';
import { contribution } from '../commits.ts';
import { COMMUNITY, isLicenseName } from '../community-names.ts';
import type { Ask, Question } from '../fact.ts';
import { listing, type Placed } from '../files.ts';
import { text } from '../text.ts';
import { copyrightsIn, creditsIn, holdersIn, isStillNamed, nameIn, wordsOf, type NoticeLine } from './attribution.ts';
import { LARGEST } from './detection.ts';
import { noticeEntry, targetOf } from './notice.ts';

/** A line that names somebody, and whom. */
export interface LostLine extends NoticeLine {
  readonly name: string;
}

export interface Loss {
  readonly path: string;
  /** Nothing stands under its name any more, nor under another name of the same kind. */
  readonly isDeleted: boolean;
  readonly lines: readonly LostLine[];
}

/** More license files than this are a list of other people's licenses. */
const MOST = 12;

/** By file, what no file of the head says any more; nothing where a repository is judged for itself. */
export function losses(side: 'head' | 'base'): Question<readonly Loss[]> {
  return {
    key: `attribution-losses:${side}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const proposed = await ask(contribution());
      if (side === 'base' || !proposed.known) return known([]);
      const [before, now] = await Promise.all([namingFiles('base', ask), namingFiles('head', ask)]);
      if (!before.known) return before;
      if (!now.known) return now;
      return isSame(before.value, now.value) ? known([]) : compare(before.value, now.value, ask);
    },
  };
}

/** A file that names people. */
interface Naming {
  readonly kind: 'notice' | 'license';
  readonly entry: Placed;
}

async function namingFiles(side: 'head' | 'base', ask: Ask): Promise<Answer<readonly Naming[]>> {
  const [root, notice] = await Promise.all([ask(listing(side, '', COMMUNITY)), noticeEntry(side, ask)]);
  if (!root.known) return root;
  if (!notice.known) return notice;
  const found: Naming[] = notice.value?.kind === 'file' ? [{ kind: 'notice', entry: notice.value }] : [];
  for (const one of (root.value ?? []).filter(({ name }) => isLicenseName(name)).slice(0, MOST)) {
    const entry = await targetOf(side, one, ask);
    if (!entry.known) return entry;
    if (entry.value.kind === 'file') found.push({ kind: 'license', entry: entry.value });
  }
  return known(found);
}

/** The same texts name the same people: nothing has to be read. */
function isSame(before: readonly Naming[], now: readonly Naming[]): boolean {
  const there = new Set(now.map(({ kind, entry }) => `${kind}:${entry.oid}`));
  return before.every(({ kind, entry }) => there.has(`${kind}:${entry.oid}`));
}

async function compare(before: readonly Naming[], now: readonly Naming[], ask: Ask): Promise<Answer<readonly Loss[]>> {
  const later: string[] = [];
  for (const file of now) {
    const written = await read(file, ask);
    if (!written.known) return written;
    later.push(wordsOf(file.kind === 'notice' ? written.value : linesIn(copyrightsIn(written.value))));
  }
  const found: Loss[] = [];
  for (const file of before) {
    const written = await read(file, ask);
    if (!written.known) return written;
    const lines = linesOf(file, written.value).filter((one) => !isStillNamed(one.text, later));
    if (lines.length > 0) found.push({ path: file.entry.name, isDeleted: isDeleted(file, now), lines });
  }
  return known(found);
}

async function read({ entry }: Naming, ask: Ask): Promise<Answer<string>> {
  const written = await ask(text(entry.tree, entry.oid));
  return written.known && written.value.length > LARGEST ? unknown(`${entry.name} is larger than 256 KiB`) : written;
}

function linesIn(lines: readonly NoticeLine[]): string {
  return lines.map((one) => one.text).join('\n');
}

function linesOf({ kind }: Naming, written: string): readonly LostLine[] {
  const holders = kind === 'notice' ? copyrightsIn(written) : holdersIn(written);
  const credits = kind === 'notice' ? creditsIn(written) : [];
  return [...holders.map((one) => ({ ...one, name: nameIn(one.text) })), ...credits.map((one) => ({ ...one, name: one.text }))];
}

function isDeleted({ kind, entry }: Naming, now: readonly Naming[]): boolean {
  return !now.some((one) => one.kind === kind && (kind === 'notice' || one.entry.name === entry.name));
}
