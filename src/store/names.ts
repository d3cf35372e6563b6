/** Names of agreements in the register: entries keep the name of their day, a renamed repository is asked for by its present one. */
import type { Query } from './database.ts';
import { unpack } from './json.ts';

/** A repository got another name: `OWNER/REPO`, lower-case. */
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

/** What an agreement is called now that an entry calls by the name of its day; null: another repository has that name now. */
export function presentName(name: string, sequence: number, renames: readonly Renamed[]): string | null {
  let present = name;
  for (const renamed of renames) {
    const { repository, id } = partsOf(present);
    if (renamed.sequence <= sequence) continue;
    if (repository === renamed.to) return null;
    if (repository === renamed.from) present = `${renamed.to}/${id}`;
  }
  return present;
}

/** Every name that an agreement may have gone by; what others called so before is not its own. */
export function namesOf(agreement: string, renames: readonly Renamed[]): readonly string[] {
  const names = [agreement];
  for (const { from, to } of renames.toReversed()) {
    const { repository, id } = partsOf(names.at(-1) ?? agreement);
    if (repository === to) names.push(`${from}/${id}`);
  }
  return names;
}

/** `OWNER/REPO/ID` belongs to a repository, `OWNER/ID` to an account. */
function partsOf(name: string): { readonly repository: string | null; readonly id: string } {
  const [owner = '', repo = '', id] = name.split('/');
  return id === undefined ? { repository: null, id: repo } : { repository: `${owner}/${repo}`, id };
}
