/** Whom a commit message names as co-authors. */
import type { Person } from './source.ts';
import { trailers } from './trailers.ts';

/** Those whom `Co-authored-by` trailers name with an address, in order, each once. */
export function coAuthorsOf(message: string): readonly Person[] {
  const people = trailers(message).flatMap(({ token, value }) =>
    token.toLowerCase() === 'co-authored-by' ? (personOf(value) ?? []) : [],
  );
  return [...new Map(people.map((person) => [`${person.name} <${person.email.toLowerCase()}>`, person])).values()];
}

function personOf(value: string): Person | null {
  const open = value.indexOf('<');
  const close = value.indexOf('>', open);
  if (open < 0 || close < 0) return null;
  return { name: value.slice(0, open).trim(), email: value.slice(open + 1, close).trim() };
}
