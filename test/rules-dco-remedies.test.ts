/** The commands that a failing sign-off prints are run in real clones: afterwards the rule passes, and nothing else has changed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Account, Commit } from '../src/facts/source.ts';
import { plain } from '../src/facts/words.ts';
import { dco } from '../src/rules/dco/index.ts';
import { shellQuoted } from '../src/rules/shell.ts';
import { openCheckout } from '../src/cli/checkout.ts';
import { aContribution, anAccount, aRepository, JANE } from './support/builders.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-dco-'));
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
});
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
function contributor(name: string, { fork = false, base = 'main' }: { fork?: boolean; base?: string } = {}): Place {
  const origin = fork ? 'fork' : 'upstream';
  const template = templateOf(origin, base);
  const at = (part: string): string => join(folder, name, part);
  sh(folder, `cp -R ${template} ${name}; git -C ${name}/clone remote set-url origin ${at(origin)}`);
  return { upstream: at('upstream'), clone: at('clone'), base };
}

const templates = new Map<string, string>();

/** Made once for each kind of place, and copied. */
function templateOf(origin: string, base: string): string {
  const known = templates.get(`${origin} ${base}`);
  if (known !== undefined) return known;
  const name = `template-${templates.size}`;
  templates.set(`${origin} ${base}`, name);
  const at = (part: string): string => join(folder, name, part);
  const ref = shellQuoted(base);
  const person = `git config user.name "${JANE.name}"; git config user.email ${JANE.email}; git config gpg.format ssh; git config user.signingkey ${join(folder, 'key')}`;
  sh(
    folder,
    `mkdir -p ${name}; git init -q -b ${ref} ${name}/work; git init -q --bare ${name}/upstream; git init -q --bare ${name}/fork`,
  );
  sh(
    at('work'),
    `${person}; echo 0 >a; git add a; git commit -qm start; git push -q ../upstream ${ref}; git push -q ../fork ${ref}`,
  );
  sh(at('work'), `echo 1 >b; git add b; git commit -qm "unsigned on the base"; git push -q ../upstream ${ref}`);
  sh(folder, `git -c advice.detachedHead=false clone -q -b ${ref} ${name}/${origin} ${name}/clone`);
  sh(at('clone'), `${person}; git pull -q ../upstream ${ref}; git switch -qc thing; git push -q -u origin thing`);
  return name;
}

const JANES = anAccount('jane', 1);
const COPILOT = anAccount('copilot-swe-agent[bot]', 198982749, 'Bot');

type Change = (commit: Commit) => Commit;

/** What the rule finds for the branch; `seen` is what GitHub knows of a commit and a clone does not. */
async function judged({ clone, upstream, base }: Place, options: object, seen: Change, opener = JANES) {
  sh(clone, `git fetch -q ${shellQuoted(upstream)} ${shellQuoted(base)}:refs/upstream/base`);
  const answer = await (await openCheckout(clone, { base: 'refs/upstream/base' })).commits();
  if (!answer.known) throw new Error(answer.reason);
  const commits = answer.value.map(seen);
  const facts = {
    commits,
    contribution: aContribution({ baseRef: base, author: opener }),
    repository: aRepository({ url: upstream }),
    mailmap: null,
    memberships: [],
    statements: [],
    certified: [],
    changes: null,
  };
  const findings = dco.check(facts, dco.options.parse(options));
  return { commits, findings };
}

const add = (name: string, more = ''): string =>
  `echo ${name} >${name}; git add .; git commit -q ${more} -m "Add ${name}"; git push -q`;
const BOB = '--author="Bob Roe <bob@example.org>"';
const asBob = 'git -c user.name="Bob Roe" -c user.email=bob@example.org';
const addAsBob = (name: string, more = ''): string =>
  `echo ${name} >${name}; git add .; ${asBob} commit -q ${more} -m "Add ${name}"; git push -q`;
/** As agents commit: on a machine of somebody's, or through GitHub's API, which signs. */
const addAsAgent = (name: string, more = ''): string =>
  `echo ${name} >${name}; git add .; git -c user.name=Copilot -c user.email=198982749+Copilot@users.noreply.github.com commit -q ${more} -m "Add ${name}"; git push -q`;
const addByApi = (name: string): string =>
  `export GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@github.com; ${addAsAgent(name, '-S')}; unset GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL`;
const upstreamMoves = ({ clone, upstream, base }: Place): void =>
  void sh(
    clone,
    `git switch -q --detach ${shellQuoted(`origin/${base}`)}; echo n >n; git add n; git commit -qm "later on the base"; git push -q ${upstream} HEAD:${shellQuoted(`refs/heads/${base}`)}; git switch -q thing`,
  );
/** What the web editor makes: signed by GitHub, committed by GitHub's own identity. */
const web = 'GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@github.com';

interface Case {
  readonly name: string;
  readonly way: RegExp;
  readonly fork?: boolean;
  readonly base?: string;
  readonly options?: object;
  readonly opener?: Account;
  readonly prepare: (place: Place) => void;
}

const CASES: readonly Case[] = [
  {
    name: 'one last commit is amended',
    way: /^git commit --amend --signoff --no-edit$/,
    prepare: ({ clone }) => void sh(clone, `${add('x', '-s')}; ${add('y')}`),
  },
  {
    name: 'one last commit with a signature of its own is amended and signed again',
    way: /^git commit --amend .* --gpg-sign$/,
    prepare: ({ clone }) => void sh(clone, `${add('x', '-s')}; ${add('y', '-S')}`),
  },
  {
    name: 'one last commit that merges is amended, where merges are asked',
    way: /^git commit --amend/,
    options: { mergeCommits: 'check' },
    prepare: (place) => {
      sh(place.clone, add('x', '-s'));
      upstreamMoves(place);
      sh(place.clone, `git pull -q --no-rebase --no-edit ${place.upstream} ${place.base}; git push -q`);
    },
  },
  {
    name: 'several commits of one person are rebased onto where they began',
    way: /^git rebase --signoff [0-9a-f]{40}$/,
    prepare: ({ clone }) => void sh(clone, `${add('x')}; ${add('y', '-s')}; ${add('z')}`),
  },
  {
    name: 'several commits are rebased where they are, while the base has moved on',
    way: /^git rebase/,
    prepare: (place) => {
      sh(place.clone, `${add('x')}; ${add('y')}`);
      upstreamMoves(place);
    },
  },
  {
    name: 'several commits with signatures are signed again',
    way: /^git rebase --signoff --gpg-sign/,
    prepare: ({ clone }) => void sh(clone, `${add('x', '-S')}; ${add('y', '-S')}`),
  },
  {
    name: 'commits after those of somebody else are rebased without them',
    way: /^git rebase/,
    prepare: ({ clone }) => void sh(clone, `${addAsBob('w', '-s')}; ${add('x')}; ${add('y')}`),
  },
  {
    name: 'commits around a merge of the base are signed off by one more commit',
    way: /--allow-empty/,
    prepare: (place) => {
      sh(place.clone, add('x'));
      upstreamMoves(place);
      sh(place.clone, `git pull -q --no-rebase --no-edit ${place.upstream} ${place.base}; git push -q; ${add('y')}`);
    },
  },
  {
    name: "a commit before somebody else's is signed off by one more commit",
    way: /--allow-empty/,
    prepare: ({ clone }) => void sh(clone, `${add('x')}; ${addAsBob('y', '-s')}; ${add('z', '-s')}`),
  },
  {
    name: "a commit before somebody else's signed one is signed off by one more commit",
    way: /--allow-empty/,
    prepare: ({ clone }) => void sh(clone, `${add('x')}; ${add('y', `-s -S ${BOB}`)}`),
  },
  {
    name: 'commits made on github.com are signed off by one more commit, because their signature is GitHub’s',
    way: /--allow-empty/,
    prepare: ({ clone }) => void sh(clone, `echo w >w; git add w; ${web} git commit -q -S -m "Create w"; git push -q`),
  },
  {
    name: 'a fork with an old base needs nothing but its own branch',
    way: /^git rebase/,
    fork: true,
    prepare: ({ clone }) => void sh(clone, `${add('x')}; ${add('y')}`),
  },
  {
    name: 'a base with a quote in its name does not matter',
    way: /^git rebase/,
    base: "it's/über",
    prepare: ({ clone }) => void sh(clone, `${add('x')}; ${add('y')}`),
  },
  {
    name: 'a name with a quote in it is written as it is',
    way: /--allow-empty/,
    prepare: ({ clone }) =>
      void sh(clone, `git config user.name "Jane O'Neil; echo \\$HOME"; ${add('x')}; ${addAsBob('y', '-s')}`),
  },
  {
    name: 'the address set on this machine may differ from the one in the commit',
    way: /^git commit --amend/,
    prepare: ({ clone }) => void sh(clone, `${add('x', '-s')}; ${add('y')}; git config user.email jane@work.example.org`),
  },
  {
    name: 'where only the author may sign, the commands sign as the author',
    way: /^git -c user.name='Jane Doe' -c user.email=jane@example.org commit --amend/,
    options: { committerMaySign: false },
    prepare: ({ clone }) => void sh(clone, `${add('x', '-s')}; ${add('y')}; git config user.email jane@work.example.org`),
  },
  {
    name: 'the last commit of an AI agent is taken over by the person who runs the command',
    way: /^git commit --amend --signoff --no-edit$/,
    prepare: ({ clone }) => void sh(clone, `${add('x', '-s')}; ${addAsAgent('y', '-s')}`),
  },
  {
    name: "an AI agent's pull request is taken over, and GitHub's signature on its commits vouches for no person",
    way: /^git rebase --signoff [0-9a-f]{40}$/,
    opener: COPILOT,
    prepare: ({ clone }) => void sh(clone, `${addByApi('x')}; ${addByApi('y')}`),
  },
  {
    name: "an AI agent's commit below one of the person who opened the pull request is taken over with it, signed again",
    way: /^git rebase --signoff --gpg-sign/,
    prepare: ({ clone }) => void sh(clone, `${addByApi('x')}; ${add('y', '-S')}`),
  },
  {
    name: 'whoever takes the work of an AI agent over signs as themselves, also where only authors may sign',
    way: /^git commit --amend --signoff --no-edit$/,
    options: { committerMaySign: false },
    opener: COPILOT,
    prepare: ({ clone }) => void sh(clone, addByApi('x')),
  },
];

/** What must not change: the files; each commit of somebody else, by id; each signature of a person, by title. */
function kept(clone: string) {
  const log = (format: string): string[] => sh(clone, `git log --format='${format}' refs/upstream/base..HEAD`).trim().split('\n');
  return {
    tree: sh(clone, 'git rev-parse HEAD^{tree}').trim(),
    others: log('%H %an').filter((line) => !/Jane|Copilot/.test(line)),
    signed: log('%H %an').flatMap((line) => {
      const [sha = '', name] = line.split(' ');
      const isSigned = name !== 'Copilot' && /^gpgsig/m.test(sh(clone, `git cat-file commit ${sha}`));
      return isSigned ? [sh(clone, `git log -1 --format=%s ${sha}`).trim()] : [];
    }),
  };
}

describe('the printed commands', () => {
  test.each(CASES.map((one, index) => ({ ...one, index })))(
    '$name',
    async ({ index, fork, base, options = {}, opener, prepare, way }) => {
      const place = contributor(`case-${index}`, { fork, base });
      prepare(place);
      const seen: Change = (commit) =>
        commit.committer.email === 'noreply@github.com'
          ? { ...commit, signature: { isVerified: true, byGitHub: true } }
          : { ...commit, authorAccount: commit.author.email === JANE.email ? JANES : null };
      const before = await judged(place, options, seen, opener);
      const commands = before.findings.find((finding) => finding.commands)?.commands ?? [];
      expect(commands.find((command) => way.test(command))).toBeDefined();
      const untouched = kept(place.clone);
      sh(place.clone, commands.join('\n'));
      const { findings } = await judged(place, options, seen, opener);
      expect(findings.filter(({ outcome }) => outcome === 'fail').map(({ says }) => plain(says))).toEqual([]);
      const now = kept(place.clone);
      expect(now.tree).toBe(untouched.tree);
      expect(now.others).toEqual(expect.arrayContaining(untouched.others));
      expect(now.signed).toEqual(expect.arrayContaining(untouched.signed));
      expect(sh(place.clone, 'git rev-parse @{upstream}')).toBe(sh(place.clone, 'git rev-parse HEAD'));
    },
  );

  test('two people who both forgot get commands of their own, and neither rewrites the other', async () => {
    const place = contributor('two-people');
    sh(place.clone, `${add('x')}; ${addAsBob('y')}`);
    const before = await judged(place, {}, (commit) => commit);
    const [jane, bob] = before.findings;
    const bobs = (bob?.commands ?? []).map((command) => command.replace(/^git commit/, `${asBob} commit`));
    sh(place.clone, bobs.join('\n'));
    const between = await judged(place, {}, (commit) => commit);
    expect(between.findings.map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
    expect(jane?.commands?.join('\n')).toMatch(/--allow-empty/);
    sh(place.clone, (between.findings[0]?.commands ?? []).join('\n'));
    const after = await judged(place, {}, (commit) => commit);
    expect(after.findings.map(({ outcome }) => outcome)).not.toContain('fail');
  });

  test.each([
    ['an address that is none', 'git config user.email nowhere', {}, 'git config user.email jane@example.org'],
    [
      'a name that the policy does not take',
      'git config user.name jane',
      { realName: 'require' },
      'git config user.name "Jane Doe"',
    ],
    [
      'an address that takes no mail',
      'git config user.email 1+jane@users.noreply.github.com',
      { noreply: 'forbid' },
      'git config user.email jane@example.org',
    ],
  ])('%s is set right and written into the commit again, as told', async (name, wrong, options, right) => {
    const place = contributor(name.replaceAll(' ', '-'));
    sh(place.clone, `${wrong}; ${add('x', '-s')}`);
    const { findings } = await judged(place, options, (commit) => commit);
    expect(findings[0]?.commands).toBeUndefined();
    expect(plain(findings[0]?.fix ?? [])).toContain('git commit --amend --reset-author --signoff');
    sh(place.clone, `${right}; git commit -q --amend --reset-author --signoff --no-edit; git push -q --force-with-lease`);
    const after = await judged(place, options, (commit) => commit);
    expect(after.findings.map(({ outcome }) => outcome)).toEqual(['pass']);
  });

  test("an AI agent's commits among those of others are not rewritten by anybody, and the way out is told", async () => {
    const place = contributor('agent-among-others');
    sh(place.clone, `${addAsAgent('x')}; ${addAsBob('y', '-s')}`);
    const { findings } = await judged(place, {}, (commit) => commit, COPILOT);
    expect(findings[0]?.commands).toBeUndefined();
    expect(plain(findings[0]?.fix ?? [])).toContain('git rebase --signoff');
    sh(place.clone, 'git rebase -q --signoff refs/upstream/base; git push -q --force-with-lease');
    const after = await judged(place, {}, (commit) => commit, COPILOT);
    expect(after.findings.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  });

  test('where nothing can be run, nothing is printed, and the way out is told', async () => {
    const place = contributor('no-way');
    sh(place.clone, `${add('x')}; ${addAsBob('y', '-s')}`);
    const { findings } = await judged(place, { remediation: 'off' }, (commit) => commit);
    expect(findings[0]?.commands).toBeUndefined();
    expect(plain(findings[0]?.fix ?? [])).toContain('/steward override dco because');
  });
});
