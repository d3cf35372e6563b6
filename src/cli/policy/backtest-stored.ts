/** A look back at merged pull requests by what the server stored of them. */
import { known, unknown } from '../../facts/answer.ts';
import type { Document } from '../../policy/parse.ts';
import { parse } from '../../policy/parse.ts';
import { inForce } from '../../policy/in-force.ts';
import type { PolicyFiles } from '../../policy/library.ts';
import type { PolicyFile } from '../../policy/policy.ts';
import { waiversInForce } from '../../policy/waivers/in-force.ts';
import { factsOf, occasionOf, placeOf, propertiesFrom, withProperties } from '../../spine/preview/preview.ts';
import { policySource, Rulebooks, type Rulebook } from '../../spine/preview/rulebook.ts';
import type { Store } from '../../store/store.ts';
import { isEnough } from '../../verdict/heard.ts';
import { judge } from '../../verdict/judge.ts';
import type { Stored } from '../../verdict/stored.ts';
import type { Office } from '../cla/desk.ts';
import { NO_FILES, policyAt, PolicyError } from '../policies.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../repository.ts';
import type { BacktestOptions, Looking } from './looking.ts';
import { lookBack, lookedPull, type LookBack, type LookedPull } from './looked-back.ts';
import { nameOf } from './merged.ts';

const PAGE = 100;

/** Judges what is stored of an account's merged pull requests. Throws `UsageError` and `PolicyError`. */
export function backtestStored(owner: string, options: BacktestOptions, looking: Looking, office: Office): Promise<LookBack> {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(owner))
    throw new UsageError(`${owner} is no name of an account. Write it as in its address on GitHub.`);
  return office.reading(async (store) => {
    const file = options.policy === undefined ? await store.goodPolicy(policySource(owner)) : await policyAt(options.policy);
    if (!file) throw new UsageError(`No policy of ${owner} is stored. Name one with --policy FILE.`);
    const book = await rulebookOf(file, owner, looking, store);
    const pulls = await judged(owner, book, looking, store);
    if (pulls.length === 0)
      looking.console.note(`Note: nothing is stored of pull requests of ${owner} that were merged since then.`);
    const { since } = looking;
    return lookBack(pulls, { place: owner, branch: null, since, direct: null });
  });
}

/** The policy with what it extends, as the server read that last, and the waivers of today. */
async function rulebookOf(file: PolicyFile, owner: string, { shelf, occasion }: Looking, store: Store): Promise<Rulebook> {
  const { rules, presets } = shelf;
  const { problems } = parse(file, rules, presets);
  refuse(problems);
  const source = policySource(owner);
  const files: PolicyFiles = {
    ...NO_FILES,
    organizationSource: source,
    organization: known({ ...file, layer: 'organization', source }),
  };
  const library = {
    goodPolicy: (name: string) => store.goodPolicy(name),
    keepGoodPolicy: () => Promise.resolve(),
    history: () => Promise.resolve([]),
    shared: () => Promise.resolve(unknown('the server has not read it for this account, and nothing is read from GitHub here')),
  };
  const found = await inForce(files, library, rules, presets, () => Promise.resolve(occasion));
  refuse(found.problems);
  const documents: readonly Document[] = found.organization;
  const kept = await store.lastWaivers(`${owner}/.github`);
  return { documents, oid: file.oid, waivers: waiversInForce(kept, found.policy.waivers, rules, occasion.now) };
}

function refuse(problems: PolicyError['problems']): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new PolicyError(errors);
}

async function judged(
  owner: string,
  book: Rulebook,
  { since, shelf, console, occasion }: Looking,
  store: Store,
): Promise<readonly LookedPull[]> {
  const rulebooks = new Rulebooks(owner, { before: book, after: book }, { memory: store, ...shelf });
  const propertiesOf = propertiesFrom(store);
  const progress = progressOn(console);
  const pulls: LookedPull[] = [];
  for await (const stored of merged(owner, since, store)) {
    const { subject, sha, circumstances, at } = stored;
    if (subject.kind !== 'pull-request') continue;
    const facts = withProperties(factsOf(stored, occasion.now), await propertiesOf(stored));
    const { after: policy } = await rulebooks.at(placeOf(stored), occasionOf(stored, facts, occasion.now));
    const overrides = stored.overrides.filter(({ permission }) => isEnough(permission, policy.mayOverride));
    const matter = { subject, sha, policy, problems: [], rules: shelf.rules, facts, circumstances, now: occasion.now, overrides };
    const about = { number: subject.number, sha, at, author: nameOf(circumstances.author ?? '') };
    pulls.push(lookedPull(judge({ ...matter, waivers: book.waivers }), about));
    progress(`${pulls.length}: ${subject.owner}/${subject.repo}#${subject.number}`);
  }
  return pulls.sort((a, b) => (a.at < b.at ? 1 : -1));
}

async function* merged(owner: string, since: string, store: Store): AsyncGenerator<Stored> {
  let after: string | null = null;
  for (;;) {
    const page: readonly Stored[] = await store.storedMerged(owner, since, after, PAGE);
    yield* page;
    after = page.at(-1)?.key ?? null;
    if (page.length < PAGE || after === null) return;
  }
}
