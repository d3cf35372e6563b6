/** Remediation commits: later commits whose messages sign earlier ones off, in the words of both DCO Apps. */
import type { Commit, LinkedPerson, Person } from '../../facts/source.ts';
import { agentNamed, agentOf, isMachine, isSignedByHuman } from './agents.ts';
import { isSigner, isWebFlow, partiesOf, type Party } from './people.ts';
import type { Setting } from './setting.ts';

/** A sign-off that a commit gives to another one. */
export interface Remediation {
  /** Id of the commit that gives it. It keeps its effect when it is not signed off itself. */
  readonly by: string;
  readonly person: Person;
  /** Null: the person signs for themselves. */
  readonly onBehalfOf: Person | null;
}

interface Claim extends Remediation {
  /** The id as it is written, lower-case: whole, or its start. */
  readonly target: string;
}

type Known = Pick<Setting, 'commits' | 'contribution' | 'mailmap' | 'accounts' | 'options'>;

/** For each commit that is signed off by another one, the first one that does. */
export function remediations(setting: Known): ReadonlyMap<string, Remediation> {
  const found = new Map<string, Remediation>();
  if (setting.options.remediation === 'off') return found;
  const byStart = Map.groupBy(setting.commits, ({ sha }) => sha.slice(0, SHORTEST));
  for (const commit of setting.commits) {
    for (const { target: start, ...remediation } of claimsIn(commit)) {
      const matches = (byStart.get(start.slice(0, SHORTEST)) ?? []).filter(({ sha }) => sha.startsWith(start));
      const [target] = matches;
      if (target === undefined || matches.length > 1 || found.has(target.sha)) continue;
      if (isAllowed(remediation, { target, commit, setting })) found.set(target.sha, remediation);
    }
  }
  return found;
}

/** git's own shortest short id. */
const SHORTEST = 7;
const SENTENCE = 'hereby add my signed-off-by to this commit:';
const PERSON = '(.{1,500}?) <([^<>]{1,500})>';
/** A whole line in any case; both Apps want the whole id and no period, which people write nevertheless. */
const CLAIM = new RegExp(
  `^(?:on behalf of ${PERSON}, )?I, ${PERSON}, hereby add my Signed-off-by to this commit: ([0-9a-f]{7,64})\\.?[ \\t\\r]*$`,
  'i',
);

function claimsIn({ sha, message }: Commit): readonly Claim[] {
  if (!message.toLowerCase().includes(SENTENCE)) return [];
  return message.split('\n').flatMap((line) => {
    const [, forName, forEmail, name, email, target] = CLAIM.exec(line) ?? [];
    if (name === undefined || email === undefined || target === undefined) return [];
    const onBehalfOf = forName === undefined || forEmail === undefined ? null : { name: forName, email: forEmail };
    return [{ by: sha, person: { name, email }, onBehalfOf, target: target.toLowerCase() }];
  });
}

interface Case {
  readonly target: Commit;
  /** The commit whose message says it. */
  readonly commit: Commit;
  readonly setting: Known;
}

function isAllowed({ person, onBehalfOf }: Remediation, about: Case): boolean {
  const isSaid = onBehalfOf === null ? isOwn(person, about) : isRepresented(person, onBehalfOf, about);
  if (!isSaid || isWebFlow(person) || (onBehalfOf !== null && isWebFlow(onBehalfOf))) return false;
  return about.setting.options.agents === 'as-authors' || agentNamed(person, null) === null;
}

/**
 * Individual: the person wrote the remediation commit, and could have signed the target off. The Apps differ over a
 * target's committer (probot's refuses, dco2 accepts); here the rule is that of sign-offs, `committerMaySign`. They
 * differ over the committer of the remediation commit too; here only its author counts: a committer passes on the words of another.
 */
function isOwn(person: Person, { target, commit, setting }: Case): boolean {
  if (!isSigner(person, authorOf(commit), setting)) return false;
  if (setting.options.agents === 'human' && agentOf(target) !== null) return isSignedByHuman(target, [person], setting);
  return partiesOf(target, setting.options)
    .filter(({ role }) => role === 'author' || setting.options.committerMaySign)
    .some((party) => isSigner(person, party, setting));
}

/**
 * Third-party: a named representative wrote or committed the remediation commit, and names the target's author. Who
 * opened the contribution does not represent others in it. As with every sign-off, the words of the commit are believed:
 * who would write a representative's address into a commit could as well write the author's sign-off into the target.
 */
function isRepresented(person: Person, onBehalfOf: Person, { target, commit, setting }: Case): boolean {
  const { options, contribution } = setting;
  if (options.remediation !== 'third-party' || !isSigner(onBehalfOf, authorOf(target), setting)) return false;
  return [authorOf(commit), committerOf(commit)].some(
    (party) =>
      isSigner(person, party, setting) &&
      options.representatives.includes(party.account?.id ?? 0) &&
      !isMachine(party) &&
      party.account?.id !== contribution.author?.id,
  );
}

function authorOf({ author, authorAccount }: Commit): LinkedPerson {
  return { ...author, account: authorAccount };
}

function committerOf({ committer, committerAccount }: Commit): LinkedPerson {
  return { ...committer, account: committerAccount };
}

/** Who of those that a commit names, as the mail map knows them, can sign it off in the message of a later one; null: nobody. */
export function signerAfterwards(target: Commit, setting: Known): Party | null {
  const people = partiesOf(target, setting.options)
    .map((party) => ({ ...party, ...setting.mailmap?.({ name: party.name, email: party.email }) }))
    .filter((party) => !isMachine(party));
  return people.find((party) => isTakenFrom(party, target, setting)) ?? null;
}

/** Tried, not guessed: the commit that this person would make signs the target off. */
function isTakenFrom({ account, ...person }: Party, target: Commit, setting: Known): boolean {
  const by: Commit = { ...target, sha: '', author: person, authorAccount: account, message: remediationLine(person, target.sha) };
  return remediations({ ...setting, commits: [target, by] }).has(target.sha);
}

/** The line by which a person signs a commit off in the message of a later one. */
export function remediationLine({ name, email }: Person, sha: string): string {
  return `I, ${name} <${email}>, hereby add my Signed-off-by to this commit: ${sha}`;
}
