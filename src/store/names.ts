/** Names of agreements in the register: entries keep the name of their day, a renamed keeper is asked for by its present one. */
import type { Query } from './database.ts';
import { unpack } from './json.ts';

/** A repository or an account got another name: `OWNER/REPO` or `OWNER`, lower-case. */
export interface Renamed {
  readonly sequence: number;
  readonly from: string;
  readonly to: string;
}

/** Every renaming that the register has noted, in order. */
export async function renamesIn(query: Query): Promise<readonly Renamed[]> {
  const rows = await query
    .selectFrom('entries')
    .select(['sequence', 'body'])
    .where('kind', '=', 'renamed')
    .orderBy('sequence')
    .execute();
  return rows.map(({ sequence, body }) => ({ sequence, ...unpack<{ from: string; to: string }>(body) }));
}

/** What an agreement is called now that an entry calls by the name of its day; null: another keeper has that name now. */
export function presentName(name: string, sequence: number, renames: readonly Renamed[]): string | null {
  let present = name;
  for (const renamed of renames) {
    if (renamed.sequence <= sequence) continue;
    if (present.startsWith(`${renamed.to}/`)) return null;
    if (present.startsWith(`${renamed.from}/`)) present = renamed.to + present.slice(renamed.from.length);
  }
  return present;
}

/** Every name that an agreement may have gone by; what others called so before is not its own. */
export function namesOf(agreement: string, renames: readonly Renamed[]): readonly string[] {
  const names = [agreement];
  for (const { from, to } of renames.toReversed()) {
    const last = names.at(-1) ?? agreement;
    if (last.startsWith(`${to}/`)) names.push(from + last.slice(to.length));
  }
  return names;
}
