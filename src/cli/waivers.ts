/** `steward waivers`: every version of every waiver file of an organization, with who asked, who approved, and what became of it. */
import { visible } from '../facts/words.ts';
import { resolve } from '../policy/resolve.ts';
import { waiverRecords, type WaiverRecord } from '../policy/waivers/record.ts';
import { homeOf, look } from '../server/repository/look.ts';
import { csvCell } from './audit-table.ts';
import type { Office } from './cla/desk.ts';
import { EXIT, type Console } from './console.ts';
import type { Shelf } from './policies.ts';
import { UsageError } from './repository.ts';
import type { WaiversOptions } from './waiver-formats.ts';

/** Prints every version that is kept, oldest first; JSON is one document. Nothing is read from GitHub. Throws `UsageError`. */
export async function waivers(
  name: string,
  { format }: WaiversOptions,
  { rules, presets }: Shelf,
  office: Office,
  console: Console,
): Promise<number> {
  const { owner, repo } = homeIn(name);
  const now = console.now();
  const records = await office.reading(async (store) => {
    const { documents, verdict } = await look({ owner, repo: repo ?? '.github', now }, { store, rules, presets }, () =>
      Promise.resolve(null),
    );
    const { waivers: terms } = resolve(documents, rules, presets, { now, traits: null, isFirst: null }).policy;
    return waiverRecords(await store.everyWaiver(`${owner}/${repo ?? homeOf(owner, verdict)}`), terms, rules, now);
  });
  if (records.length === 0) console.note(`No waiver of ${name} is kept: Steward has read none here.`);
  if (format === 'json')
    await console.out(`${JSON.stringify({ version: 1, owner, at: now.toISOString(), waivers: records }, null, 2)}\n`);
  else if (format === 'csv') await console.out(csv(records));
  else await console.out(records.map(textOf).join('\n'));
  return EXIT.fine;
}

function homeIn(given: string): { readonly owner: string; readonly repo: string | null } {
  const [, owner, repo = null] = /^([A-Za-z0-9_-]{1,100})(?:\/([A-Za-z0-9._-]{1,100}))?$/.exec(given) ?? [];
  if (owner) return { owner, repo };
  throw new UsageError(`${visible(given)} names no organization. Wanted: OWNER, or OWNER/REPO of its policy repository.`);
}

const COLUMNS = [
  ...['file', 'git_id', 'state', 'why', 'rule', 'repositories', 'paths', 'packages', 'people', 'reason', 'asked_by', 'approver'],
  ...['approved_by', 'approved_by_id', 'approved_at', 'opened_by', 'pull_request', 'last_day', 'there_from', 'there_until'],
];

/** One line a version, with text that no spreadsheet takes for a formula. */
function csv(records: readonly WaiverRecord[]): string {
  return [COLUMNS, ...records.map(cellsOf)].map((line) => `${line.map((cell) => csvCell(visible(cell))).join(',')}\r\n`).join('');
}

function cellsOf({ file, oid, state, why, waiver, approval, from, until }: WaiverRecord): readonly string[] {
  const { repositories = [], paths = [], packages = [], people = [] } = waiver?.scope ?? {};
  const approved = approval.state === 'approved' ? approval : null;
  return [
    ...[file, oid ?? '', state, why ?? '', waiver?.rule ?? ''],
    ...[repositories, paths, packages, people].map((list) => list.join(' ')),
    ...[waiver?.reason ?? '', waiver?.requestedBy ?? '', waiver?.approver ?? ''],
    ...[approved?.by.login ?? '', approved ? String(approved.by.accountId) : '', approved?.mergedAt ?? ''],
    ...[approved?.author ?? '', approved?.url ?? '', waiver?.until ?? '', from, until ?? ''],
  ];
}

function textOf({ file, oid, state, why, waiver, approval, from, until }: WaiverRecord): string {
  const id = oid === null ? '' : `  ${oid.slice(0, 7)}`;
  const lines = [
    `${state}  ${file}${id}`,
    `  there from ${from}${until === null ? '' : ` until ${until}`}`,
    ...(why === null ? [] : [`  ${state === 'unknown' ? 'not known' : 'does not count'}: ${why}`]),
    ...(waiver === null ? [] : [`  ${waiver.rule} for ${scopeOf(waiver.scope)}, until ${waiver.until}: ${waiver.reason}`]),
    ...(waiver === null ? [] : [`  asked for by ${waiver.requestedBy ?? 'somebody who is not named'}`]),
    ...(approval.state === 'approved'
      ? [`  approved by @${approval.by.login} (${approval.by.accountId}), merged at ${approval.mergedAt}: ${approval.url}`]
      : []),
  ];
  return lines.map((line) => `${visible(line)}\n`).join('');
}

function scopeOf({ repositories, paths, packages, people }: NonNullable<WaiverRecord['waiver']>['scope']): string {
  const parts = [
    repositories.join(', '),
    ...(paths ? [`paths ${paths.join(', ')}`] : []),
    ...(packages ? [`packages ${packages.join(', ')}`] : []),
    ...(people ? [`people ${people.join(', ')}`] : []),
  ];
  return parts.join('; ');
}
