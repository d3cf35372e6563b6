/** `steward demo`: Steward on sample repositories or on your own clones, with no GitHub account. Nothing is sent anywhere. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subjectKey } from '../facts/subject.ts';
import { govern, type Memory } from '../spine/govern.ts';
import { createHttpServer, pathOf, refuse, sendPage } from '../server/front.ts';
import { offlineLicenses } from '../server/licenses.ts';
import { createLog } from '../server/log.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { EXIT, type Console } from './console.ts';
import { demoPage, type Demo } from './demo-pages.ts';
import { demoPlatform, subjectsOf, type DemoPlatform, type DemoRepository } from './demo-platform.ts';
import { commitAt, locate, UsageError } from './repository.ts';
import type { Shelf } from './policies.ts';
import { makeSample, SAMPLE_OWNER } from './sample.ts';

export interface DemoOptions {
  readonly port: number;
}

/** At most this many branches of a clone are shown as pull requests: those with the newest commits. */
const MOST_BRANCHES = 10;

/** Judges, serves the pages and waits for a signal to end. */
export async function demo(paths: readonly string[], { port }: DemoOptions, shelf: Shelf, console: Console): Promise<number> {
  const folder = paths.length > 0 ? null : await mkdtemp(join(tmpdir(), 'steward-demo-'));
  try {
    const repositories = folder ? await sample(folder, console) : distinct(await Promise.all(paths.map(clone)));
    const made = await judgeAll(repositories, shelf, console);
    const server = serveDemo(made);
    server.listen(port, 'localhost');
    await once(server, 'listening');
    await console.out(`Steward is at http://localhost:${(server.address() as AddressInfo).port} (Ctrl+C ends it)\n`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    server.closeAllConnections();
    server.close();
    return EXIT.fine;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UsageError(`Port ${port} is taken. Choose another: npm run demo -- --port ${port + 1}`, { cause: error });
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

async function sample(folder: string, console: Console): Promise<readonly DemoRepository[]> {
  const made = await makeSample(folder, (line) => {
    console.note(line);
  });
  return made.map(({ name, description, pullRequests }) => ({
    ...{ owner: SAMPLE_OWNER, name, description, branch: 'main' },
    path: join(folder, name),
    defaults: join(folder, '.github'),
    pullRequests: pullRequests.map((pull, index) => ({ ...pull, number: index + 1 })),
  }));
}

/** Clones can have the same name, as when each lies in a folder `repo`: later ones get a number. */
function distinct(repositories: readonly DemoRepository[]): readonly DemoRepository[] {
  const seen = new Map<string, number>();
  return repositories.map((repository) => {
    const key = `${repository.owner}/${repository.name}`.toLowerCase();
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? repository : { ...repository, name: `${repository.name}-${count}` };
  });
}

/** A visitor's clone: its default branch, and every branch that has something to add to it. */
async function clone(path: string): Promise<DemoRepository> {
  const { git, owner, name, branch, headSha } = await locate(path);
  if (headSha === null) throw new UsageError(`${path} has no commit yet, so there is nothing to show.`);
  const main = (await commitAt(git, 'origin/HEAD')) === null ? (branch ?? 'HEAD') : 'origin/HEAD';
  const format = '--format=%(refname:short)%00%(subject)%00%(authorname)';
  const args = ['for-each-ref', '--sort=-committerdate', `--no-merged=${main}`, format, 'refs/heads', 'refs/remotes'];
  const lines = (await git(args)).stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const pullRequests = lines.slice(0, MOST_BRANCHES).map((line, index) => {
    const [ref = '', title = '', author = ''] = line.split('\0');
    return { number: index + 1, branch: ref, title: title === '' ? ref : title, author };
  });
  return { owner, name, path, branch: main, description: null, defaults: null, pullRequests };
}

async function judgeAll(repositories: readonly DemoRepository[], { rules, presets }: Shelf, console: Console): Promise<Demo> {
  const platform: DemoPlatform = demoPlatform(repositories);
  const { memory, verdicts } = remembering();
  const ports = { platform, memory, licenses: offlineLicenses(), rules, presets, now: console.now };
  for (const subject of repositories.flatMap(subjectsOf)) {
    const { verdict } = await govern(subject, ports);
    console.note(`judged ${subjectKey(subject)}: ${verdict?.conclusion ?? 'nothing to judge'}`);
  }
  return { owner: repositories[0]?.owner ?? SAMPLE_OWNER, verdicts, platform };
}

/** What the demo remembers while it runs. */
function remembering(): { readonly memory: Memory; readonly verdicts: readonly Verdict[] } {
  const verdicts: Verdict[] = [];
  const memory: Memory = {
    goodPolicy: () => Promise.resolve(null),
    keepGoodPolicy: () => Promise.resolve(),
    forgetGoodPolicy: () => Promise.resolve(),
    verdictsAt: () => Promise.resolve([]),
    lastVerdict: () => Promise.resolve(null),
    keepVerdict: (verdict) => Promise.resolve(void verdicts.push(verdict)),
    keepFacts: () => Promise.resolve(),
    said: () => Promise.resolve([]),
    decide: () => Promise.resolve(),
    certified: () => Promise.resolve([]),
    agreement: () => Promise.resolve(null),
    keepAgreement: () => Promise.resolve(),
    register: () => Promise.resolve({ signatures: [], companies: [] }),
    enter: () => Promise.resolve(false),
    awaiting: () => Promise.resolve([]),
    closeFacts: () => Promise.resolve(),
    stored: () => Promise.resolve([]),
    facts: () => Promise.resolve(null),
    storedSubjects: () => Promise.resolve([]),
    extendedBy: () => Promise.resolve([]),
    waivers: () => Promise.resolve(null),
    lastWaivers: () => Promise.resolve([]),
    keepWaivers: () => Promise.resolve(),
    admission: () => Promise.resolve(null),
    admit: () => Promise.resolve(),
    preview: () => Promise.resolve(null),
    keepPreview: () => Promise.resolve(''),
  };
  return { memory, verdicts };
}

function serveDemo(made: Demo) {
  return createHttpServer(createLog('error'), (request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const page = request.method === 'GET' ? demoPage(made, pathOf(request), nonce) : null;
    if (page === null) refuse(response, 404, 'There is no such page. Start at /.');
    else sendPage(response, 200, nonce, page);
    return Promise.resolve();
  });
}
