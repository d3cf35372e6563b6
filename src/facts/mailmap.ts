/** The project's own list of who is who, read exactly as git reads it; follows git's mailmap.c. */
import { known } from './answer.ts';
import type { Question } from './fact.ts';
import type { Person } from './source.ts';

/** The text of `.mailmap` on the base branch, which the contribution itself cannot change; null: there is none, or nobody wants it. */
export function mailmap(isWanted = true): Question<string | null> {
  return {
    key: isWanted ? 'mailmap' : 'mailmap:unasked',
    permissions: ['contents'],
    answer: (source) => (isWanted ? source.mailmap() : Promise.resolve(known(null))),
  };
}

/** The name and address by which a project wants a person to be known; whoever is not listed stays as written. */
export type Mailmap = (person: Person) => Person;

/** What an entry says instead; undefined: that part stays as it was. */
interface Proper {
  name?: string | undefined;
  email?: string | undefined;
}

interface Listed extends Proper {
  readonly byName: Map<string, Proper>;
}

/** Reads the text of a `.mailmap`. */
export function mailmapOf(text: string): Mailmap {
  const listed = new Map<string, Listed>();
  const [whole = ''] = text.split('\0', 1);
  for (const line of whole.split('\n')) add(line, listed);
  return ({ name, email }) => {
    const entry = listed.get(lower(email));
    const proper = entry?.byName.get(lower(name)) ?? entry;
    return { name: proper?.name ?? name, email: proper?.email ?? email };
  };
}

/** `Proper <proper@> Old <old@>`; the names and the second address may be missing. */
function add(line: string, listed: Map<string, Listed>): void {
  const first = line.startsWith('#') ? null : contact(line);
  if (first === null || first.email === '') return;
  const second = contact(first.rest);
  const key = lower(second?.email ?? first.email);
  const entry = listed.get(key) ?? { byName: new Map<string, Proper>() };
  listed.set(key, entry);
  const email = second ? first.email : undefined;
  if (second?.name !== undefined) {
    entry.byName.set(lower(second.name), { name: first.name, email });
    return;
  }
  entry.name = first.name ?? entry.name;
  entry.email = email ?? entry.email;
}

/** The next `Name <address>` of a line. */
function contact(line: string): { readonly name?: string | undefined; readonly email: string; readonly rest: string } | null {
  const open = line.indexOf('<');
  const close = line.indexOf('>', open + 1);
  if (open < 0 || close < 0) return null;
  const name = trimmed(line.slice(0, open));
  return { name: name === '' ? undefined : name, email: line.slice(open + 1, close), rest: line.slice(close + 1) };
}

/** Blanks as git means them: ASCII only. */
function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '').replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '');
}

/** Case as git means it: ASCII only. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
