/** What Steward remembers of earlier days: statements, merged commits, agreements and their signatures; and the time. */
import { known, type Answer } from './answer.ts';
import { accountsOf, commits, contribution } from './commits.ts';
import { termsName } from './digest.ts';
import type { Ask, Question } from './fact.ts';
import { distinct } from './memberships.ts';
import type { Account, AgreementName, AgreementText, Commit, Register, Statement } from './source.ts';

/** The time of the evaluation; ISO 8601. A fact like any other, so that a verdict can be repeated. */
export function now(): Question<string> {
  return { key: 'now', permissions: ['metadata'], answer: (source) => source.now() };
}

/** Sentences that certify commits of this contribution. */
export function statements(): Question<readonly Statement[]> {
  return { key: 'statements', permissions: ['pull_requests'], answer: (source) => source.statements() };
}

/**
 * Those of the commits that were accepted when they were merged: in the same repository, or in another of the owner by options
 * of this name and the same terms.
 */
export function certified(
  options: string,
  terms: Question<unknown>,
  of: Question<readonly Commit[]> = commits(),
): Question<readonly string[]> {
  return {
    key: `certified:${of.key}:${options}`,
    permissions: ['metadata'],
    answer: async (source, ask) => {
      const listed = await ask(of);
      if (!listed.known) return listed;
      const decided = await ask(terms);
      if (!decided.known) return decided;
      const shas = listed.value.map(({ sha }) => sha);
      return source.certified(shas, termsName(options, decided.value));
    },
  };
}

/** The texts of agreements. */
export function agreements(names: readonly AgreementName[]): Question<readonly AgreementText[]> {
  return {
    key: `agreements:${names.map(({ id, version }) => `${id}@${version}`).join(',')}`,
    permissions: ['contents'],
    answer: (source) => (names.length === 0 ? Promise.resolve(known([])) : source.agreements(names)),
  };
}

/** What the register holds on everybody whom a contribution names: authors, committers, co-authors and who opened it. */
export function register(ids: readonly string[]): Question<Register> {
  const sorted = [...new Set(ids)].sort();
  return {
    key: `register:${sorted.join(',')}`,
    permissions: ['pull_requests'],
    answer: async (source, ask) => {
      if (sorted.length === 0) return known({ signatures: [], companies: [] });
      const people = await contributors(ask);
      if (!people.known) return people;
      return source.register(
        sorted,
        people.value.map(({ id }) => id),
      );
    },
  };
}

/** Everybody whom a contribution names, each once: who opened it, authors, committers and co-authors. */
export async function contributors(ask: Ask): Promise<Answer<readonly Account[]>> {
  const [listed, opened] = await Promise.all([ask(commits()), ask(contribution())]);
  if (!listed.known) return listed;
  if (!opened.known) return opened;
  const { author } = opened.value;
  return known(distinct([...(author ? [author] : []), ...listed.value.flatMap(accountsOf)]));
}
