/** The repositories of an account as they are stored: what tells them apart, and what their last verdicts say. */
import type { Answer } from '../../facts/answer.ts';
import { answerTo } from '../../facts/gather.ts';
import { properties, repository } from '../../facts/repository.ts';
import { repositoryKey } from '../../facts/subject.ts';
import type { Lifecycle, Pilot, Traits } from '../../policy/managed.ts';
import { matches, traitsOf } from '../../policy/where.ts';
import type { Store } from '../../store/store.ts';
import { outcomesIn, type Measured, type Measurement } from '../../verdict/measurement.ts';
import type { Stored } from '../../verdict/stored.ts';
import type { Outcome, Verdict } from '../../verdict/verdict.ts';

interface Ship {
  readonly traits: Traits;
  readonly isPrivate: boolean;
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

/** Every repository that is not archived. */
export interface Fleet {
  /** ISO 8601. */
  readonly at: string;
  readonly ships: readonly Ship[];
}

export type FleetStore = Pick<Store, 'stored' | 'lastVerdict'>;

const PAGE = 100;

/** Reads what is stored of an account. Nothing is asked of GitHub. */
export async function fleetOf(owner: string, store: FleetStore, now: Date): Promise<Fleet> {
  const pulls = new Map<string, Verdict[]>();
  const repositories: { readonly stored: Stored; readonly verdict: Verdict | null }[] = [];
  for await (const page of pages(owner, store)) {
    const verdicts = await Promise.all(page.map(({ subject }) => store.lastVerdict(subject)));
    for (const [index, stored] of page.entries()) {
      const verdict = verdicts[index] ?? null;
      const key = repositoryKey(stored.subject);
      if (stored.subject.kind === 'repository') repositories.push({ stored, verdict });
      else if (verdict) pulls.set(key, [...(pulls.get(key) ?? []), verdict]);
    }
  }
  const ships = repositories.flatMap(({ stored, verdict }): readonly Ship[] => {
    const traits = traitsIn(stored);
    const outcomes = outcomesIn(verdict, pulls.get(repositoryKey(stored.subject)) ?? []);
    return traits === null ? [] : [{ traits, isPrivate: stored.isPrivate, outcomes }];
  });
  return { at: now.toISOString(), ships };
}

/** The repositories of a fleet as they stand for a pilot. */
export function measured({ at, ships }: Fleet, { where }: Pilot, lifecycle: Lifecycle | null): Measurement {
  const repositories = ships.map(({ traits, isPrivate, outcomes }): Measured => ({
    repository: `${traits.owner}/${traits.name}`,
    isPrivate,
    isIn: matches(where, traits, lifecycle),
    outcomes,
  }));
  return { at, repositories };
}

async function* pages(owner: string, store: FleetStore): AsyncGenerator<readonly Stored[]> {
  let after: string | null = null;
  for (;;) {
    const page: readonly Stored[] = await store.stored(owner, after, PAGE);
    yield page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.key;
    // Lets the server answer in between: an `await` of what is there already does not.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What is known of a repository; null: it is archived. */
function traitsIn({ subject, facts }: Stored): Traits | null {
  const answers = new Map<string, Answer<unknown>>(Object.entries(facts));
  const [place, values] = [answerTo(answers, repository()), answerTo(answers, properties())];
  if (!place.known) return { owner: subject.owner, name: subject.repo };
  return place.value.isArchived ? null : traitsOf(place.value, values.known ? values.value : undefined);
}
