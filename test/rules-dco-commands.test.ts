/** The commands that a failing sign-off prints are run in real clones: afterwards the rule passes, and nothing else has changed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dco } from '../src/rules/dco/index.ts';
import { shellQuoted } from '../src/rules/shell.ts';
import { openCheckout } from '../src/cli/checkout.ts';
import { aContribution, aRepository, JANE } from './support/builders.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'steward-dco-'))));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  LC_ALL: 'C.UTF-8',
};
function sh(cwd: string, script: string): string {
  return execFileSync('sh', ['-euc', script], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

interface Place {
  readonly upstream: string;
  readonly clone: string;
  readonly base: string;
}

/** An upstream repository, and a contributor's clone of it (or of a fork whose base branch is old) on the branch `thing`. */
function contributor(name: string, options: { fork?: boolean; base?: string } = {}): Place {
  const base = options.base ?? 'main';
  const at = (part: string): string => join(folder, name, part);
  const person = `git config user.name "${JANE.name}"; git config user.email ${JANE.email}`;
  const ref = shellQuoted(base);
  sh(
    folder,
    `mkdir -p ${name}; git init -q -b ${ref} ${name}/work; git init -q --bare ${name}/upstream; git init -q --bare ${name}/fork`,
  );
  sh(
    at('work'),
    `${person}; echo 0 >a; git add a; git commit -qm start; git push -q ../upstream ${ref}; git push -q ../fork ${ref}`,
  );
  sh(at('work'), `echo 1 >b; git add b; git commit -qm "unsigned on the base"; git push -q ../upstream ${ref}`);
  const origin = options.fork ? 'fork' : 'upstream';
  sh(folder, `git -c advice.detachedHead=false clone -q -b ${ref} ${name}/${origin} ${name}/clone`);
  sh(at('clone'), `${person}; git pull -q ../upstream ${ref}; git switch -qc thing; git push -q -u origin thing`);
  return { upstream: at('upstream'), clone: at('clone'), base };
}

/** What the rule finds for the branch, and the commands it prints. */
async function judged({ clone, upstream, base }: Place, isFromSameRepository: boolean) {
  sh(clone, `git fetch -q ${shellQuoted(upstream)} ${shellQuoted(base)}:refs/upstream/base`);
  const answer = await (await openCheckout(clone, { base: 'refs/upstream/base' })).commits();
  if (!answer.known) throw new Error(answer.reason);
  const contribution = aContribution({ baseRef: base, isFromSameRepository });
  const facts = {
    commits: answer.value,
    contribution,
    repository: aRepository({ url: upstream }),
    mailmap: null,
    memberships: [],
    statements: [],
    certified: [],
    changes: null,
  };
  const findings = dco.check(facts, dco.options.parse({}));
  return {
    outcomes: findings.map(({ outcome }) => outcome),
    commands: findings.find(({ commands }) => commands)?.commands ?? [],
  };
}

const commit = (name: string, more = ''): string =>
  `echo ${name} >${name}; git add .; git commit -q ${more} -m "Add ${name}"; git push -q`;
const upstreamMoves = ({ clone, upstream, base }: Place): void =>
  void sh(
    clone,
    `git switch -q --detach ${shellQuoted(`origin/${base}`)}; echo n >n; git add n; git commit -qm "later on the base"; git push -q ${upstream} HEAD:${shellQuoted(`refs/heads/${base}`)}; git switch -q thing`,
  );

const CASES: readonly { name: string; fork?: boolean; base?: string; prepare: (place: Place) => void; commits: number }[] = [
  { name: 'one last commit', prepare: ({ clone }) => void sh(clone, `${commit('x', '-s')}; ${commit('y')}`), commits: 2 },
  {
    name: 'several commits',
    prepare: ({ clone }) => void sh(clone, `${commit('x')}; ${commit('y', '-s')}; ${commit('z')}`),
    commits: 3,
  },
  {
    name: 'several commits while the base has moved on',
    prepare: (place) => {
      sh(place.clone, `${commit('x')}; ${commit('y')}`);
      upstreamMoves(place);
    },
    commits: 2,
  },
  {
    name: 'commits around a merge of the base',
    prepare: (place) => {
      sh(place.clone, commit('x'));
      upstreamMoves(place);
      sh(place.clone, `git pull -q --no-rebase --no-edit ${place.upstream} ${place.base}; git push -q; ${commit('y')}`);
    },
    commits: 3,
  },
  {
    name: 'a fork with an old base',
    fork: true,
    prepare: ({ clone }) => void sh(clone, `${commit('x')}; ${commit('y')}`),
    commits: 2,
  },
  {
    name: 'a base with a quote in its name',
    base: "it's/über",
    prepare: ({ clone }) => void sh(clone, `${commit('x')}; ${commit('y')}`),
    commits: 2,
  },
];

describe('the printed commands sign off', () => {
  test.each(CASES.map((one, index) => ({ ...one, index })))('$name', async ({ index, fork, base, prepare, commits }) => {
    const place = contributor(`case-${index}`, { fork, base });
    prepare(place);
    const tree = sh(place.clone, 'git rev-parse HEAD^{tree}');
    const before = await judged(place, !fork);
    expect(before.outcomes).toContain('fail');
    sh(place.clone, before.commands.join('\n'));
    const after = await judged(place, !fork);
    expect(after.outcomes.filter((outcome) => outcome === 'fail')).toEqual([]);
    expect(after.outcomes).toHaveLength(commits);
    expect(sh(place.clone, 'git rev-parse HEAD^{tree}')).toBe(tree);
    expect(sh(place.clone, 'git rev-parse @{upstream}')).toBe(sh(place.clone, 'git rev-parse HEAD'));
  });
});
