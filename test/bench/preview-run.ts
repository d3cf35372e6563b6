/** One step of measuring previews, as a process of its own: `fill FOLDER REPOSITORIES`, or `run FOLDER`. */
import { preview, type PreviewPorts } from '../../src/spine/preview/preview.ts';
import { counting } from '../../src/github/calls.ts';
import { rules } from '../../src/rules/index.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import type { Stored } from '../../src/verdict/stored.ts';
import { print } from '../support/program.ts';
import { aRulebook, everyKeeping, OWNER, presets } from './preview-stage.ts';

/** What a run tells; times in milliseconds. */
export interface PreviewRun {
  readonly preview: number;
  /** Time of the processor in the same span, all threads: other work on the machine does not count. */
  readonly processor: number;
  /** Reading the same pages and judging nothing. */
  readonly reading: number;
  /** `JSON.parse` of the same facts. */
  readonly parsing: number;
  /** Peak of the process, in megabytes. */
  readonly memory: number;
  /** Requests to GitHub of any kind, and calls of the store that are not reads of a preview. */
  readonly requests: number;
  readonly writes: number;
  readonly repositories: number;
  readonly pullRequests: number;
  readonly newFailures: number;
  readonly unknown: number;
  /** Bytes of facts. */
  readonly bytes: number;
}

const [step, folder = '', count = '0'] = process.argv.slice(2);
const store = await openStore({ dataFolder: folder });
try {
  if (step === 'fill') await fill(store, Number(count));
  else print(JSON.stringify(await run(store)));
} finally {
  await store.close();
}

async function fill(memory: Memory, repositories: number): Promise<void> {
  await memory.transaction(async () => {
    for await (const kept of everyKeeping(repositories)) await memory.keepFacts(kept);
  });
}

async function run(memory: Memory): Promise<PreviewRun> {
  const spied = spy(memory);
  const [before, after] = [aRulebook((index) => (index % 2 === 0 ? 'off' : 'observe')), aRulebook(() => 'block')];
  const ports: PreviewPorts = { memory: spied.memory, rules, presets, now: () => new Date() };
  const [started, busy] = [performance.now(), process.cpuUsage()];
  const { value, calls } = await counting(() => preview({ owner: OWNER, before, after }, ports));
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(busy);
  const memoryPeak = process.resourceUsage().maxRSS / 1024;
  const { repositories, pullRequests, newFailures, unknown } = value;
  return {
    ...{
      preview: took,
      processor: (user + system) / 1_000,
      memory: memoryPeak,
      repositories,
      pullRequests,
      newFailures,
      unknown,
    },
    ...{ requests: calls.graphql + calls.rest + calls.writes + calls.tokens, writes: spied.others() },
    ...(await baselines(memory)),
  };
}

/** The store with only what a preview may call; every other call is counted. */
function spy(memory: Memory): { readonly memory: Memory; readonly others: () => number } {
  const reads: readonly PropertyKey[] = ['stored', 'storedSubjects', 'facts', 'lastWaivers', 'goodPolicy', 'extendedBy'];
  let others = 0;
  const watched = new Proxy(memory, {
    get: (target, name): unknown => {
      if (!reads.includes(name)) others += 1;
      return Reflect.get(target, name);
    },
  });
  return { memory: watched, others: () => others };
}

async function baselines(memory: Memory): Promise<Pick<PreviewRun, 'reading' | 'parsing' | 'bytes'>> {
  let [reading, parsing, bytes, after] = [0, 0, 0, null as string | null];
  for (;;) {
    const started = performance.now();
    const page: readonly Stored[] = await memory.stored(OWNER, after, 100);
    reading += performance.now() - started;
    const texts = page.map(({ facts }) => JSON.stringify(facts));
    const again = performance.now();
    for (const text of texts) JSON.parse(text);
    parsing += performance.now() - again;
    bytes += texts.reduce((sum, text) => sum + text.length, 0);
    after = page.at(-1)?.key ?? null;
    if (after === null) return { reading, parsing, bytes };
  }
}
