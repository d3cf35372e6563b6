/** Names of agreements in the register: entries keep the name of their day, a renamed keeper is asked for by its present one. */
import type { Entry } from '../facts/register.ts';
import type { Query } from './database.ts';
import { unpack } from './json.ts';

/** A repository or an account got another name: `OWNER/REPO` or `OWNER`, lower-case. */
export type Renamed = { readonly sequence: number } & Pick<
  Extract<Entry, { readonly kind: 'renamed' }>,
  'from' | 'to' | 'installation' | 'joins'
>;

/** Every renaming that the register has noted, in order, each once. */
export async function renamesIn(query: Query): Promise<readonly Renamed[]> {
  const rows = await query
    .selectFrom('entries')
    .select(['sequence', 'body'])
    .where('kind', '=', 'renamed')
    .orderBy('sequence')
    .execute();
  return once(rows.map(({ sequence, body }) => ({ ...unpack<Omit<Renamed, 'sequence'>>(body), sequence })));
}

/** Renamings without those that tell once more what an earlier one told: GitHub tells of an account in two ways. */
export function once(renames: readonly Renamed[]): readonly Renamed[] {
  return renames.filter((renamed, index) => renamed.joins || !isRepeated(renamed, renames.slice(0, index)));
}

/** An account that has the name already cannot get it again. A repository can lose its name to another and no entry says so. */
function isRepeated({ from, to, installation }: Renamed, earlier: readonly Renamed[]): boolean {
  if (from.includes('/')) return false;
  const last = earlier.findLast((one) => [one.from, one.to].includes(to));
  return last?.from === from && last.installation === installation;
}

/** What an agreement is called now that an entry calls by the name of its day; null: another keeper has that name now. */
export function presentName(name: string, sequence: number, renames: readonly Renamed[]): string | null {
  let present = name;
  for (const renamed of renames) {
    if (renamed.sequence <= sequence) continue;
    if (present.startsWith(`${renamed.to}/`)) {
      if (!renamed.joins) return null;
    } else if (present.startsWith(`${renamed.from}/`)) present = renamed.to + present.slice(renamed.from.length);
  }
  return present;
}

/** Every name that an agreement may have gone by; what others called so before is not its own. */
export function namesOf(agreement: string, renames: readonly Renamed[]): readonly string[] {
  const names = new Set([agreement]);
  for (const { from, to } of renames.toReversed()) {
    for (const name of [...names]) if (name.startsWith(`${to}/`)) names.add(from + name.slice(to.length));
  }
  return [...names];
}
