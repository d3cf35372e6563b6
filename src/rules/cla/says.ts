/** What is so with people and their commits, in words. Lists are cut: hundreds of commits are counted, not named. */
import type { Commit } from '../../facts/source.ts';
import { code, quote, visible, words, type Words } from '../../facts/words.ts';
import type { Cover } from './cover.ts';
import type { Deed, Participant, Role, Stranger } from './people.ts';

/** More commits than this are counted. */
const NAMED_COMMITS = 3;
const LONGEST = 100;

/** Who somebody is, and why they are asked: `jane, who opened this pull request and authored a1b2c3d`. */
export function whoIs({ account, isOpener, deeds }: Participant): Words {
  const opened = isOpener ? [words`opened this pull request`] : [];
  return words`${quote(account.login)}, who ${listed([...opened, ...didWhat(deeds)])},`;
}

/** An address and what was done under it. */
export function whichAddress({ email, deeds }: Stranger): Words {
  const [{ person }] = deeds;
  const name = person.name === '' ? words`somebody without a name` : words`${quote(short(person.name))}`;
  const did = listed(didWhat(deeds));
  if (email.trim() === '') return words`No address tells which account is behind ${name}, who ${did}`;
  return words`The address ${code(short(email))} of ${name}, who ${did}, belongs to no account on GitHub`;
}

/** Why a company covers somebody. */
export function whyCovered({ company, ground }: Cover): Words {
  switch (ground.by) {
    case 'account':
      return words`${quote(company.name)}, which lists the account`;
    case 'domain':
      return words`${quote(company.name)}, by an address at ${code(ground.domain)}`;
    case 'organization':
      return words`${quote(company.name)}, as a member of the organization ${quote(ground.login)}`;
  }
}

/** The ids of the commits of deeds, each once. */
export function commitsOf(deeds: readonly Deed[]): readonly string[] {
  return [...new Set(deeds.map(({ commit }) => commit.sha))];
}

/** Short ids of commits in words. */
export function commitList(commits: readonly Commit[]): Words {
  const shown = commits.slice(0, NAMED_COMMITS).map(({ sha }) => words`${code(sha.slice(0, 7))}`);
  const rest = commits.length - shown.length;
  return listed(rest > 0 ? [...shown, words`${rest} more ${rest === 1 ? 'commit' : 'commits'}`] : shown);
}

/** The day of a time. */
export function day(time: string): Words {
  return words`${quote(time.slice(0, 10))}`;
}

/** Foreign text on one line, cut where it is long. */
export function short(text: string): string {
  const line = visible(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

function didWhat(deeds: readonly Deed[]): readonly Words[] {
  const of = (role: Role): readonly Commit[] => deeds.filter((deed) => deed.role === role).map(({ commit }) => commit);
  const [authored, committed, named] = [of('author'), of('committer'), of('co-author')];
  return [
    ...(authored.length > 0 ? [words`authored ${commitList(authored)}`] : []),
    ...(committed.length > 0 ? [words`committed the work of others in ${commitList(committed)}`] : []),
    ...(named.length > 0 ? [words`is named as co-author of ${commitList(named)}`] : []),
  ];
}

/** `a`, `a and b`, `a, b and c`. */
function listed(items: readonly Words[]): Words {
  return items.reduce<Words>((sentence, item, index) => {
    if (index === 0) return item;
    return index === items.length - 1 ? words`${sentence} and ${item}` : words`${sentence}, ${item}`;
  }, []);
}
