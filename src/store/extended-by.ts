/** Whose policy extends a file of another account, told from the policies that are remembered for each reader. */
import { readExtends, referenceText } from '../policy/reference.ts';
import { readYaml } from '../policy/yaml.ts';
import type { Database, Query } from './database.ts';
import { unpack } from './json.ts';
import type { Store } from './store.ts';

/** Shared policies are remembered as `READER extends OWNER/REPO:PATH[@REF]`, and their present names as the same with ` as`. */
const EXTENDS = ' extends ';

/** Policies may extend one another; readers follow no more steps than this. */
const MAX_STEPS = 5;

export function extendedBy(database: Database): Pick<Store, 'extendedBy'> {
  return {
    extendedBy: async (source) => {
      const query = database.query();
      const rows = await query
        .selectFrom('policies')
        .select(['source', 'text'])
        .where('source', 'like', `%${EXTENDS}%`)
        .execute();
      const named = rows.filter(({ source: key, text }) => names(key, text, source)).map(({ source: key }) => shared(key));
      const found = new Map<string, { readonly owner: string; readonly reference: string }>();
      for (const { reader, reference } of named) {
        const owner = reader.slice(0, reader.indexOf('/'));
        if (await isAbsent(query, owner)) continue;
        if (await isInForce(query, reader, reference)) found.set(`${owner.toLowerCase()} ${reference}`, { owner, reference });
      }
      return [...found.values()].sort((a, b) => (`${a.owner} ${a.reference}` < `${b.owner} ${b.reference}` ? -1 : 1));
    },
  };
}

/** Whether a remembered key names the file: as its reader writes it, or by the name that it has now. */
function names(key: string, text: string, source: string): boolean {
  return isFile(shared(key).reference, source) || (key.endsWith(' as') && isFile(unpack<string>(text), source));
}

function shared(key: string): { readonly reader: string; readonly reference: string } {
  const from = key.indexOf(EXTENDS);
  return { reader: key.slice(0, from), reference: key.slice(from + EXTENDS.length).replace(/ as$/, '') };
}

/** With any ref. GitHub's names are the same in any case, paths are not. */
function isFile(reference: string, source: string): boolean {
  const [one, other] = [readExtends(reference), readExtends(source)];
  if (one === null || other === null || typeof one === 'string' || typeof other === 'string') return false;
  return keyOf(one) === keyOf(other) && one.path === other.path;
}

function keyOf({ owner, repo }: { readonly owner: string; readonly repo: string }): string {
  return `${owner}/${repo}`.toLowerCase();
}

/** Whether an organization's policy leads to the reference now. What it extended once is remembered too. */
async function isInForce(query: Query, reader: string, reference: string): Promise<boolean> {
  const first = await policy(query, reader);
  if (first?.layer !== 'organization') return false;
  let next: string | null = extendsOf(unpack<string>(first.text));
  for (let step = 0; next !== null && step < MAX_STEPS; step += 1) {
    if (next === reference) return true;
    const below = await policy(query, reader + EXTENDS + next);
    next = below ? extendsOf(unpack<string>(below.text)) : null;
  }
  return false;
}

/** Whether the account removed or suspended Steward: nothing governs it then. */
async function isAbsent(query: Query, owner: string): Promise<boolean> {
  const rows = query.selectFrom('installations').select(['is_removed', 'is_suspended']);
  const row = await rows.where('owner_key', '=', owner.toLowerCase()).executeTakeFirst();
  return row !== undefined && (row.is_removed === 1 || row.is_suspended === 1);
}

async function policy(query: Query, source: string) {
  return query.selectFrom('policies').select(['layer', 'text']).where('source', '=', source).executeTakeFirst();
}

/** The reference that a policy extends, written in full; null: none, or a preset. */
function extendsOf(text: string): string | null {
  const { value } = readYaml(text);
  const written = (value as { readonly extends?: unknown } | undefined)?.extends;
  const reference = typeof written === 'string' ? readExtends(written) : null;
  return reference === null || typeof reference === 'string' ? null : referenceText(reference);
}
