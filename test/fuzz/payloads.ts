/** Recorded webhook payloads with parts replaced: the table never throws, and only names what could exist. */
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { subjectKey, type Subject } from '../../src/facts/subject.ts';
import { accountOf, HANDLED, installationOf, isHandled, react } from '../../src/server/webhooks.ts';
import { attempt, must, type Check } from './check.ts';

interface Recorded {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

const recorded = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json') as readonly Recorded[];
const all = recorded.flatMap(({ name, examples }) => examples.map((payload) => ({ event: name, payload })));
const relevant = all.filter(({ event, payload }) =>
  isHandled(event, typeof payload['action'] === 'string' ? payload['action'] : null),
);

const TEXTS = [
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a/b/c',
  '__proto__',
  '/steward recheck',
  '.github',
  '.github/steward.yml',
  'refs/heads/main',
];
const LONG = [
  'x'.repeat(70_000),
  '/steward recheck\n'.repeat(500),
  'a/'.repeat(40_000),
  `refs/heads/gh-readonly-queue/${'x/'.repeat(500)}pr-1-`,
];
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 60,
  NaN,
  Infinity,
  [],
  {},
  [null],
  { length: 3 },
  { login: {} },
  { toString: 'x' },
  [[[]]],
];
const value = fc.oneof(
  fc.constantFrom<unknown>(...TEXTS, ...LONG, ...ODD),
  fc.string({ unit: 'binary' }),
  fc.anything({ maxDepth: 2 }),
);

/** Parts are named by their number in the walk over the payload, so that a smaller number is a simpler change. */
const change = fc.record({ part: fc.nat(400), value });
const delivery = fc.record({
  of: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...relevant) }, { weight: 1, arbitrary: fc.constantFrom(...all) }),
  as: fc.option(fc.constantFrom(...HANDLED), { nil: null }),
  changes: fc.array(change, { maxLength: 5 }),
});

type Delivery = typeof delivery extends fc.Arbitrary<infer T> ? T : never;

function holds({ of, as, changes }: Delivery): void {
  const [event = '', action] = as === null ? [of.event] : as.split('.');
  const payload = changes.reduce<unknown>(changed, structuredClone(of.payload));
  if (action !== undefined && isRecord(payload)) payload['action'] = action;
  for (const appId of [null, 29310]) {
    const { wishes = [], said = [], changes: learned = [], shared } = react(event, payload, { appId });
    for (const { subject } of [...wishes, ...said]) mustBeASubject(subject);
    for (const one of said)
      must(one.text.length <= 4096 && one.accountId > 0, () => `said: ${JSON.stringify(one).slice(0, 200)}`);
    for (const one of learned) if ('subject' in one) mustBeASubject(one.subject);
    if (shared) must(/^[0-9a-f]{40,64}$/.test(shared.sha), () => `a commit named ${shared.sha}`);
    must(wishes.length <= 500, () => `${wishes.length} wishes of one delivery`);
  }
  const account = accountOf(payload);
  must(account === null || NAME.test(account), () => `an account named ${account ?? ''}`);
  const installation = installationOf(payload);
  must(
    installation === null || (Number.isSafeInteger(installation) && installation > 0),
    () => `installation ${installation ?? ''}`,
  );
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?$/;

function mustBeASubject(subject: Subject): void {
  must(NAME.test(subject.owner), () => `an owner named ${subject.owner}`);
  if ('repo' in subject)
    must(/^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/.test(subject.repo), () => `a repository named ${subject.repo}`);
  if ('number' in subject) must(Number.isSafeInteger(subject.number) && subject.number > 0, () => `number ${subject.number}`);
  must(subjectKey(subject).length < 500, () => 'a key that is far too long');
}

/** The payload with one part replaced; part 0 is the whole. */
function changed(payload: unknown, { part, value: put }: { part: number; value: unknown }): unknown {
  const places = parts(payload);
  const place = places[(part % (places.length + 1)) - 1];
  if (place === undefined) return put;
  (place.holder as Record<string, unknown>)[place.key] = put;
  return payload;
}

interface Part {
  readonly holder: object;
  readonly key: string;
}

/** Broad parts first: what matters stands near the top. */
function parts(payload: unknown): readonly Part[] {
  const found: Part[] = [];
  const queue = [payload];
  for (let holder = queue.shift(); holder !== undefined && found.length < 2_000; holder = queue.shift()) {
    if (typeof holder !== 'object' || holder === null || !Object.isExtensible(holder)) continue;
    for (const key of Object.keys(holder)) {
      const inside = (holder as Record<string, unknown>)[key];
      found.push({ holder, key });
      if (inside !== undefined) queue.push(inside);
    }
  }
  return found;
}

function isRecord(payload: unknown): payload is Record<string, unknown> {
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload) && Object.isExtensible(payload);
}

export const payloadsDamaged: Check = {
  name: 'webhooks',
  says: 'a damaged webhook payload never throws, and leads only to names that could exist',
  run: (options) => attempt(delivery, holds, options),
};
