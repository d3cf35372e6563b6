/** Trailers against the git that is installed: many messages a repository, one message when it comes to finding the smallest. */
import fc from 'fast-check';
import { trailers } from '../../src/facts/trailers.ts';
import { message, readByGit } from '../support/messages.ts';
import { attempt, must, type Check, type Outcome, type Options } from './check.ts';

/** Messages that share one repository: starting git costs more than reading them. */
const BATCH = 2_000;
/** Messages tried one by one after a batch showed a difference. */
const SEARCH = 500;

const ours = (text: string): readonly string[] => trailers(text).map(({ token, value }) => `${token}: ${value}`);

/** Reads like git, or tells where not. */
function agree(text: string, theirs: readonly string[]): void {
  const mine = ours(text);
  must(
    JSON.stringify(mine) === JSON.stringify(theirs),
    () => `git reads ${JSON.stringify(theirs)}, Steward ${JSON.stringify(mine)}`,
  );
}

function run({ runs, seed }: Options): Outcome {
  let done = 0;
  for (let batch = 0; done < runs; batch += 1) {
    const messages = fc.sample(message, { numRuns: Math.min(BATCH, runs - done), seed: seed + batch });
    const theirs = readByGit(messages);
    const wrong = messages.findIndex((text, index) => JSON.stringify(ours(text)) !== JSON.stringify(theirs[index] ?? []));
    done += messages.length;
    if (wrong >= 0) return { ...smallest(messages[wrong] ?? '', theirs[wrong] ?? [], seed + batch), runs: done };
  }
  return { runs: done, broken: null };
}

/** Looks for a smaller message than the one that was found. */
function smallest(found: string, theirs: readonly string[], seed: number): Outcome {
  const tried = attempt(
    message,
    (text) => {
      agree(text, readByGit([text])[0] ?? []);
    },
    { runs: SEARCH, seed },
  );
  if (tried.broken !== null) return tried;
  const reason = `git reads ${JSON.stringify(theirs)}, Steward ${JSON.stringify(ours(found))}`;
  return { runs: tried.runs, broken: { counterexample: JSON.stringify(found), reason } };
}

export const trailersAsGit: Check = {
  name: 'trailers',
  says: 'trailers are read as the installed git reads them',
  run,
};
