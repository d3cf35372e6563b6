/** Co-authors who have not signed off. */
import { noReplyOf } from '../../facts/github-addresses.ts';
import { signOffs } from '../../facts/sign-offs.ts';
import type { Commit, LinkedPerson } from '../../facts/source.ts';
import { isMachine } from './agents.ts';
import { fold, isSigner, isWebFlow } from './people.ts';
import type { Setting } from './setting.ts';
import { refusalOf } from './signing.ts';

type Known = Pick<Setting, 'mailmap' | 'accounts' | 'options'>;

/**
 * Those whom `Co-authored-by` trailers name and whose sign-off is not in the message, each once. Agents and bots are not
 * asked, and neither is the author, who is judged anyway.
 */
export function unsignedCoAuthors(commit: Commit, known: Known): readonly LinkedPerson[] {
  const author = { ...commit.author, account: commit.authorAccount };
  const asked = commit.coAuthors.filter((person) => !isMachine(person) && !isWebFlow(person) && !isSigner(person, author, known));
  if (asked.length === 0) return [];
  const offered = signOffs(commit.message, known.options).filter((signOff) => refusalOf(signOff, commit, known) === null);
  const signed = Map.groupBy(
    offered.flatMap((signOff) => keysOf({ ...signOff, account: null }, known).map((key) => ({ key, signOff }))),
    ({ key }) => key,
  );
  const missing = asked.filter(
    (person) => !keysOf(person, known).some((key) => signed.get(key)?.some(({ signOff }) => isSigner(signOff, person, known))),
  );
  return [...new Map(missing.map((person) => [person.account?.id ?? fold(person.email), person])).values()];
}

/** Two who are one person have a key in common, so nobody has to be compared with everybody: messages name thousands. */
function keysOf(person: LinkedPerson, { mailmap, accounts }: Known): readonly string[] {
  const spellings = mailmap === null ? [person] : [person, { ...person, ...mailmap(person) }];
  return spellings.flatMap(({ name, email, account }) => {
    const address = fold(email);
    const named = noReplyOf(address);
    const linked = [named?.id ?? undefined, accounts.get(address), account?.id].filter((one) => one !== undefined);
    const logins = [named?.login, account?.login].filter((one) => one !== undefined);
    return [address, ...linked.map((one) => `#${one}`), ...logins.map((one) => `@${one}`)].map((key) => `${fold(name)} ${key}`);
  });
}
