/** What a preview says of stored subjects, and that it asks nobody. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { known, unknown, type Answer } from '../src/facts/answer.ts';
import type { Contribution, Repository } from '../src/facts/source.ts';
import { subjectKey } from '../src/facts/subject.ts';
import { parse, type Document } from '../src/policy/parse.ts';
import type { LayerKind, PolicyFile } from '../src/policy/policy.ts';
import { NO_WAIVERS, type Granted, type KeptWaiver, type Waivers } from '../src/policy/waivers/waiver.ts';
import { preview, type PreviewPorts, type Rulebook } from '../src/spine/preview/preview.ts';
import { defineRule, type AnyRule } from '../src/rules/rule.ts';
import { words } from '../src/facts/words.ts';
import { exceeds, MOST_ROWS, type Preview, type PreviewRow } from '../src/verdict/preview.ts';
import { Tally } from '../src/verdict/tally.ts';
import type { Stored } from '../src/verdict/stored.ts';
import { aContribution, aRepository } from './support/builders.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const ACME = 'acme/.github:.github/steward.yml';

let checks = 0;

/** A rule that fails where its stored fact is worse than what it lets pass. */
function aRule(id: string, on: AnyRule['on']): AnyRule {
  return defineRule({
    ...{ id, on, title: `${id} is well`, why: 'Because.', fix: 'Do it.' },
    options: z.strictObject({ most: z.int().default(0).meta({ tighten: 'min' }) }),
    needs: () => ({ faults: { key: `faults of ${id}`, permissions: [], answer: () => Promise.resolve(known(0)) } }),
    check: ({ faults }, { most }) => {
      checks += 1;
      return [{ outcome: faults > most ? 'fail' : 'pass', about: id, says: words`There are ${faults} faults.` }];
    },
  });
}

const rules = [aRule('signed', 'contribution'), aRule('licensed', 'repository'), aRule('kept', 'repository')];
const presets = new Map([['baseline', 'rules:\n  licensed: { enforce: warn }\n']]);

function fileOf(text: string, source: string, layer: LayerKind): PolicyFile {
  return { layer, source, commit: 'c', oid: `oid of ${text}`, text };
}

function book(text: string | null, waivers: Waivers = NO_WAIVERS): Rulebook {
  const documents: readonly Document[] = text === null ? [] : [documentOf(fileOf(text, ACME, 'organization'))];
  return { documents, oid: text && `oid of ${text}`, waivers };
}

function documentOf(file: PolicyFile): Document {
  const { document, problems } = parse(file, rules, presets);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

interface Situation {
  readonly faults?: Readonly<Record<string, number | null>>;
  readonly repository?: Partial<Repository>;
  readonly contribution?: Partial<Contribution>;
  readonly more?: Partial<Stored>;
}

/** What is stored of a repository, or of its pull request with a number. */
function stored(
  name: string,
  number: number | null,
  { faults = {}, repository = {}, contribution, more }: Situation = {},
): Stored {
  const [owner = '', repo = ''] = name.includes('/') ? name.split('/') : ['acme', name];
  const told = Object.entries(faults).map(([id, count]): [string, Answer<unknown>] => [
    `faults of ${id}`,
    count === null ? unknown('the answer is too large to be stored') : known(count),
  ]);
  return {
    key: `${name}#${number ?? 0}`,
    subject: number === null ? { kind: 'repository', owner, repo } : { kind: 'pull-request', owner, repo, number },
    sha: 'f'.repeat(40),
    facts: Object.fromEntries<Answer<unknown>>([
      ['repository', known(aRepository({ owner, name: repo, ...repository }))],
      ...(contribution ? [['contribution', known(aContribution(contribution))] as const] : []),
      ...told,
    ]),
    circumstances: {
      ...{ title: number === null ? null : 'Add a thing', url: null, author: null, isDraft: false, defaultBranch: 'main' },
      baseRef: number === null ? null : 'main',
    },
    ...{ overrides: [], isPrivate: false, hasIssue: false, state: 'open', at: '2026-03-09T12:00:00Z' },
    ...more,
  };
}

interface World {
  readonly all: readonly Stored[];
  readonly good?: readonly PolicyFile[];
  readonly extending?: readonly { readonly owner: string; readonly reference: string }[];
  /** As they are kept of policy repositories. */
  readonly waivers?: Readonly<Record<string, readonly KeptWaiver[]>>;
}

/** Ports on plain values, which give pages as a store does. */
function portsOf({ all, good = [], extending = [], waivers = {} }: World): PreviewPorts & { readonly pages: number[] } {
  const pages: number[] = [];
  return {
    pages,
    memory: {
      stored: (owner, after, limit) => {
        pages.push(limit);
        const own = all.filter(({ subject }) => subject.owner === owner).sort((a, b) => (a.key < b.key ? -1 : 1));
        return Promise.resolve(own.filter(({ key }) => after === null || key > after).slice(0, limit));
      },
      storedSubjects: (owner) => Promise.resolve(all.map(({ subject }) => subject).filter((one) => one.owner === owner)),
      facts: (subject) => Promise.resolve(all.find((one) => subjectKey(one.subject) === subjectKey(subject)) ?? null),
      lastWaivers: (repository) => Promise.resolve(waivers[repository] ?? []),
      goodPolicy: (source) => Promise.resolve(good.find((file) => file.source === source) ?? null),
      extendedBy: (source) => Promise.resolve(source === ACME ? extending : []),
    },
    ...{ rules, presets, now: () => NOW },
  };
}

function previewed(world: World, before: Rulebook, after: Rulebook): Promise<Preview> {
  return preview({ owner: 'acme', before, after }, portsOf(world));
}

const level = (enforce: string): string => `rules:\n  licensed: { enforce: ${enforce} }\n`;
const rowsOf = ({ rows }: Preview): readonly string[] =>
  rows.map(({ subject, failing, passing, unknown: cannot, issue }) => {
    const name = subject.kind === 'repository' ? subject.repo : `${subject.repo}#${subject.number}`;
    return [
      name,
      `fails ${failing.join()}`,
      `passes ${passing.join()}`,
      `unknown ${cannot.join()}`,
      `issue ${issue ?? 'stays'}`,
    ].join(' · ');
  });

describe('a rule that is switched on', () => {
  const all = [
    stored('bad', null, { faults: { licensed: 1, kept: 0 } }),
    stored('good', null, { faults: { licensed: 0, kept: 0 } }),
    stored('large', null, { faults: { licensed: null } }),
    stored('missing', null),
  ];

  test('fails where the stored facts fail it, and is unknown where they are too large or missing', async () => {
    const found = await previewed({ all }, book(level('off')), book(level('block')));
    expect(rowsOf(found)).toEqual([
      'bad · fails licensed · passes  · unknown  · issue opens',
      'large · fails  · passes  · unknown licensed · issue stays',
      'missing · fails  · passes  · unknown licensed · issue stays',
    ]);
    expect(found).toMatchObject({
      ...{ owner: 'acme', at: NOW.toISOString(), repositories: 4, pullRequests: 0, privateRepositories: 0 },
      policy: { before: `oid of ${level('off')}`, after: `oid of ${level('block')}` },
      ...{ newFailures: 1, newPasses: 0, unknown: 2, issuesOpening: 1, issuesClosing: 0 },
    });
    expect(found.rows.map(({ before, after }) => [before, after])).toEqual([
      ['success', 'failure'],
      ['success', 'action_required'],
      ['success', 'action_required'],
    ]);
  });

  test('and off again passes, and closes the issue that is open', async () => {
    const open = [stored('bad', null, { faults: { licensed: 1 }, more: { hasIssue: true } })];
    const found = await previewed({ all: open }, book(level('warn')), book(level('off')));
    expect(rowsOf(found)).toEqual(['bad · fails  · passes licensed · unknown  · issue closes']);
    expect(found).toMatchObject({ newFailures: 0, newPasses: 1, issuesClosing: 1 });
  });

  test('at observe only changes nothing', async () => {
    expect((await previewed({ all }, book(level('off')), book(level('observe')))).rows).toEqual([]);
  });

  test('costs one check a subject, also where only the level changes', async () => {
    checks = 0;
    await previewed({ all: all.slice(0, 2) }, book(level('warn')), book(level('block')));
    expect(checks).toBe(2);
  });

  test('opens no issue where issues are switched off, or where there is one', async () => {
    const without = [
      stored('off', null, { faults: { licensed: 1 }, repository: { hasIssues: false } }),
      stored('there', null, { faults: { licensed: 1 }, more: { hasIssue: true } }),
    ];
    expect((await previewed({ all: without }, book(level('off')), book(level('warn')))).issuesOpening).toBe(0);
  });
});

test('the conclusion counts every rule, also those that the change does not touch', async () => {
  const text = (enforce: string) => `rules:\n  kept: { enforce: block }\n  licensed: { enforce: ${enforce} }\n`;
  const all = [stored('bad', null, { faults: { licensed: 1, kept: 1 } })];
  const [row] = (await previewed({ all }, book(text('off')), book(text('warn')))).rows;
  expect(row).toMatchObject({ before: 'failure', after: 'failure', failing: ['licensed'], issue: null });
});

test('options count like levels', async () => {
  const text = (most: number) => `rules:\n  licensed: { enforce: block, most: ${most} }\n`;
  const all = [stored('two', null, { faults: { licensed: 2 } })];
  expect(rowsOf(await previewed({ all }, book(text(2)), book(text(1))))).toEqual([
    'two · fails licensed · passes  · unknown  · issue opens',
  ]);
  expect((await previewed({ all }, book(text(3)), book(text(2)))).rows).toEqual([]);
});

test('pull requests count for their repository, once; archived repositories are left out', async () => {
  const text = (enforce: string) => `rules:\n  signed: { enforce: ${enforce} }\n`;
  const faults = { signed: 1 };
  const all = [
    stored('busy', 7, { faults, contribution: {} }),
    stored('busy', 8, { faults, contribution: {} }),
    stored('old', 3, { faults, repository: { isArchived: true } }),
    stored('busy', null),
  ];
  const found = await previewed({ all }, book(text('off')), book(text('block')));
  expect(found).toMatchObject({ repositories: 1, pullRequests: 2, newFailures: 1 });
  expect(found.rows.map(({ title }) => title)).toEqual(['Add a thing', 'Add a thing']);
});

test('a change that cannot make a difference judges nothing', async () => {
  checks = 0;
  const all = [stored('bad', null, { faults: { licensed: 1 } })];
  const found = await previewed({ all }, book(level('block')), book(`description: Other words.\n${level('block')}`));
  expect([found.rows, found.repositories, checks]).toEqual([[], 1, 0]);
});

test('a deleted policy is one without documents: the baseline is observed', async () => {
  const all = [stored('bad', null, { faults: { licensed: 1 } })];
  const found = await previewed({ all }, book(level('block')), book(null));
  expect(rowsOf(found)).toEqual(['bad · fails  · passes licensed · unknown  · issue stays']);
  expect(found.policy.after).toBeNull();
});

describe('the policy of a repository', () => {
  const own = (name: string, text: string) => fileOf(text, `${name}:.github/steward.yml`, 'repository');

  test('its own file counts, by the last version that could be read', async () => {
    const all = [stored('strict', null, { faults: { licensed: 1 } }), stored('plain', null, { faults: { licensed: 1 } })];
    const good = [own('acme/strict', level('block'))];
    const found = await previewed({ all, good }, book(level('off')), book(level('block')));
    expect(rowsOf(found)).toEqual(['plain · fails licensed · passes  · unknown  · issue opens']);
  });

  test('another branch has a file of its own', async () => {
    const onBranch = { ...stored('strict', 7, { faults: { licensed: 1 } }).circumstances, baseRef: 'next' };
    const all = [stored('strict', 7, { faults: { licensed: 1 }, more: { circumstances: onBranch } })];
    const good = [{ ...own('acme/strict', level('block')), source: 'acme/strict:.github/steward.yml@next' }];
    expect((await previewed({ all, good }, book(level('off')), book(level('block')))).rows).toEqual([]);
  });

  test('groups count, by what is stored of the repository', async () => {
    const text = (enforce: string) =>
      `groups:\n  - name: core\n    where: { topics: [core] }\n    rules: { licensed: { enforce: ${enforce} } }\nrules:\n  licensed: { enforce: 'off' }\n`;
    const all = [
      stored('engine', null, { faults: { licensed: 1 }, repository: { topics: ['core'] } }),
      stored('other', null, { faults: { licensed: 1 }, repository: { topics: [] } }),
    ];
    expect(rowsOf(await previewed({ all }, book(text('off')), book(text('block'))))).toEqual([
      'engine · fails licensed · passes  · unknown  · issue opens',
    ]);
  });

  test('a roll-out counts by share, and grace by age', async () => {
    const text = (from: string) =>
      `rules:\n  licensed: { enforce: 'off', rollout: [{ enforce: block, from: ${from} }], grace: { newRepositories: 30, level: observe } }\n`;
    const all = [
      stored('young', null, { faults: { licensed: 1 }, repository: { createdAt: '2026-03-01T00:00:00Z' } }),
      stored('grown', null, { faults: { licensed: 1 }, repository: { createdAt: '2025-03-01T00:00:00Z' } }),
    ];
    expect(rowsOf(await previewed({ all }, book(text('2027-01-01')), book(text('2026-01-01'))))).toEqual([
      'grown · fails licensed · passes  · unknown  · issue opens',
      'young · fails  · passes  · unknown  · issue stays',
    ]);
  });
});

describe('what is planned', () => {
  const plan = (...steps: readonly (readonly [string, string])[]) =>
    `rules:\n  licensed: { enforce: observe, rollout: [${steps.map(([enforce, from]) => `{ enforce: ${enforce}, from: ${from} }`).join()}] }\n`;
  const all = [stored('bad', null, { faults: { licensed: 1 } }), stored('good', null, { faults: { licensed: 0 } })];
  const laterOf = async (before: string, after: string, all_ = all) => {
    const found = await previewed({ all: all_ }, book(before), book(after));
    return [found.newFailures, found.newFailuresLater, found.laterBy?.slice(0, 10) ?? null, found.rows.map(({ later }) => later)];
  };
  const tomorrow = '2026-03-11';
  const from = `${tomorrow}T00:00:00.000Z`;

  test('counts beside what fails now, with the day by which it has come', async () => {
    expect(await laterOf(level('observe'), plan(['block', tomorrow]))).toEqual([0, 1, tomorrow, [[{ rule: 'licensed', from }]]]);
    const twice = plan(['warn', tomorrow], ['block', '2027-01-01']);
    expect(await laterOf(level('observe'), twice)).toEqual([0, 1, tomorrow, [[{ rule: 'licensed', from }]]]);
    expect(await laterOf(level('warn'), plan(['block', '2026-01-01']))).toEqual([1, 1, null, [[]]]);
  });

  test('is no news where it was planned before, for the same day or an earlier one', async () => {
    const before = plan(['block', '2026-06-01']);
    expect(await laterOf(before, `description: Other words.\n${before}`)).toEqual([0, 0, null, []]);
    expect(await laterOf(before, plan(['block', '2027-01-01']))).toEqual([0, 0, null, []]);
    expect(await laterOf(before, plan(['block', tomorrow]))).toEqual([0, 1, tomorrow, [[{ rule: 'licensed', from }]]]);
  });

  test('counts options that are tightened before their day', async () => {
    const text = (most: number) =>
      `rules:\n  licensed: { enforce: observe, most: ${most}, rollout: [{ enforce: block, from: ${tomorrow} }] }\n`;
    const two = [stored('two', null, { faults: { licensed: 2 } })];
    expect(await laterOf(text(2), text(1), two)).toEqual([0, 1, tomorrow, [[{ rule: 'licensed', from }]]]);
  });

  test('counts repositories whose time of grace ends, without a day', async () => {
    const grace = `rules:\n  licensed: { enforce: block, grace: { newRepositories: 30, level: observe } }\n`;
    const young = [
      stored('young', null, { faults: { licensed: 1 }, repository: { createdAt: '2026-03-01T00:00:00Z' } }),
      stored('grown', null, { faults: { licensed: 1 }, repository: { createdAt: '2025-03-01T00:00:00Z' } }),
    ];
    expect(await laterOf(level('observe'), grace, young)).toEqual([1, 2, null, [[], [{ rule: 'licensed', from: null }]]]);
  });

  test('counts the share that a step is for, and who cannot be told', async () => {
    const half = `rules:\n  licensed: { enforce: 'off', rollout: [{ enforce: warn, from: ${tomorrow}, percent: 50 }] }\n`;
    const many = Array.from({ length: 40 }, (_, index) => stored(`r-${index}`, null, { faults: { licensed: null } }));
    const found = await previewed({ all: many }, book(level('observe')), book(half));
    expect(found.newFailuresLater).toBe(0);
    expect(found.unknown).toBeGreaterThan(10);
    expect(found.unknown).toBeLessThan(30);
  });

  test('costs no check beyond one a subject', async () => {
    checks = 0;
    await laterOf(level('observe'), plan(['warn', tomorrow], ['block', '2027-01-01']));
    expect(checks).toBe(2);
  });
});

describe('the time for a preview', () => {
  const all = Array.from({ length: 60 }, (_, index) => stored(`r-${index}`, null, { faults: { licensed: 1 } }));
  const change = { owner: 'acme', before: book(level('off')), after: book(level('block')) };
  /** A clock on which each look takes a while. */
  const slow = () => {
    let at = NOW.getTime();
    return { ...portsOf({ all }), now: () => new Date((at += 10)) };
  };

  test('ends, and how many were judged is said', async () => {
    const found = await preview({ ...change, budget: 1_000 }, slow());
    expect(found.stopped?.all).toBe(60);
    expect(found.stopped?.judged).toBe(found.repositories);
    expect(found.repositories).toBeGreaterThan(5);
    expect(found.repositories).toBeLessThan(60);
    expect([exceeds(found, 1_000), exceeds(found, null)]).toEqual([true, false]);
  });

  test('is one preview at a time for an account', async () => {
    const ports = portsOf({ all });
    let [open, most] = [0, 0];
    const memory: PreviewPorts['memory'] = {
      ...ports.memory,
      stored: async (...page) => {
        most = Math.max(most, (open += 1));
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
        return ports.memory.stored(...page);
      },
    };
    const found = await Promise.all([1, 2, 3].map(() => preview(change, { ...ports, memory })));
    expect([most, found.map(({ repositories }) => repositories)]).toEqual([1, [60, 60, 60]]);
  });

  test('is enough where all were judged', async () => {
    expect((await preview(change, slow())).stopped).toBeNull();
  });
});

test('so many rows are kept that somebody may still read them, and all are counted', () => {
  const tally = new Tally();
  const row = {
    ...{ isPrivate: false, title: null, url: null, before: 'success', after: 'failure', issue: null },
    failing: ['x'],
  };
  for (let number = 0; number < MOST_ROWS + 3; number += 1) {
    const subject = { kind: 'repository', owner: 'acme', repo: `r-${number}` } as const;
    const of = { ...row, subject, later: [], passing: [], unknown: [] } as PreviewRow;
    tally.add(of, { row: of, waivers: { before: [], after: [] } });
  }
  const found = tally.total({ owner: 'acme', at: NOW.toISOString(), policy: { before: null, after: null }, stopped: null });
  expect([found.rows.length, found.rowsLeft, found.newFailures]).toEqual([MOST_ROWS, 3, MOST_ROWS + 3]);
});

test('a pause that ends is no new failure, and one that begins hides none', async () => {
  const all = [stored('bad', null, { faults: { licensed: 1 } })];
  const paused = (text: string) => `paused: { because: Tuesday. }\n${text}`;
  expect((await previewed({ all }, book(paused(level('block'))), book(level('block')))).rows).toEqual([]);
  expect((await previewed({ all }, book(level('off')), book(paused(level('block'))))).newFailures).toBe(1);
});

test('its own file that was deleted does not count, though its last good version is kept', async () => {
  const gone = stored('gone', null, { faults: { licensed: 1 }, more: { hasOwnPolicy: false } });
  const good = [fileOf(level('block'), 'acme/gone:.github/steward.yml', 'repository')];
  expect(rowsOf(await previewed({ all: [gone], good }, book(level('off')), book(level('block'))))).toEqual([
    'gone · fails licensed · passes  · unknown  · issue opens',
  ]);
});

describe('a group by custom property', () => {
  const text = (enforce: string, more = '') =>
    `${more}groups:\n  - name: core\n    where: { properties: { tier: [core] } }\n    rules: { licensed: { enforce: ${enforce} }, signed: { enforce: ${enforce} } }\nrules:\n  licensed: { enforce: 'off' }\n  signed: { enforce: 'off' }\n`;
  const faults = { licensed: 1 };
  const tier = (value: string): Partial<Stored> => ({ facts: { properties: known({ tier: value }) } });
  const withFacts = (one: Stored, { facts = {} }: Partial<Stored>): Stored => ({ ...one, facts: { ...one.facts, ...facts } });
  const engine = withFacts(stored('engine', null, { faults }), tier('core'));

  test('holds by what is stored of the repository', async () => {
    const all = [engine, withFacts(stored('site', null, { faults }), tier('edge'))];
    expect(rowsOf(await previewed({ all }, book(text('off')), book(text('block'))))).toEqual([
      'engine · fails licensed · passes  · unknown  · issue opens',
    ]);
  });

  test('holds for pull requests by what is stored of their repository, whatever was known when they were judged', async () => {
    const pull = withFacts(stored('engine', 7, { faults: { licensed: 0, signed: 1 }, contribution: {} }), tier('edge'));
    const found = await previewed({ all: [engine, pull] }, book(text('off')), book(text('block')));
    expect(rowsOf(found)).toContain('engine#7 · fails signed · passes  · unknown  · issue stays');
  });

  test('cannot be told where the properties are not stored: that is no pass, and can be gathered', async () => {
    const all = [
      stored('new', null, { faults }),
      withFacts(stored('shut', null, { faults }), { facts: { properties: unknown('no') } }),
    ];
    const found = await previewed({ all }, book(text('off')), book(text('block')));
    expect(rowsOf(found)).toEqual([
      'new · fails  · passes  · unknown group core · issue stays',
      'shut · fails  · passes  · unknown group core · issue stays',
    ]);
    expect(found).toMatchObject({ newFailures: 0, unknown: 2 });
    expect(found.rows.map(({ isGatherable }) => isGatherable)).toEqual([true, undefined]);
  });

  test('is in doubt only where it matters to the change', async () => {
    const all = [stored('new', null, { faults: { licensed: 1, kept: 0 } })];
    const other = (enforce: string) => `${text('block')}  kept: { enforce: ${enforce} }\n`;
    expect((await previewed({ all }, book(other('off')), book(other('block')))).rows).toEqual([]);
    const beneath = (enforce: string) =>
      text('block').replace("licensed: { enforce: 'off' }", `licensed: { enforce: ${enforce} }`);
    // Whoever is not in the group is newly held to it; whoever is was held before.
    expect(rowsOf(await previewed({ all }, book(beneath("'off'")), book(beneath('block'))))).toEqual([
      'new · fails licensed · passes  · unknown group core · issue opens',
    ]);
  });
});

describe('what a thorough look can gather', () => {
  test('is what was never asked; what could not be told, or a new option asks, is not', async () => {
    const all = [stored('asked', null, { faults: { licensed: null } }), stored('never', null)];
    const { rows } = await previewed({ all }, book(level('off')), book(level('block')));
    expect(rows.map(({ subject, isGatherable = false }) => [subject.repo, isGatherable])).toEqual([
      ['asked', false],
      ['never', true],
    ]);
  });
});

describe('other accounts that extend the policy', () => {
  const theirs = (text: string) => fileOf(text, 'beta/.github:.github/steward.yml', 'organization');
  const all = [stored('beta/tool', null, { faults: { licensed: 1 } }), stored('home', null, { faults: { licensed: 1 } })];

  test('are judged as well, where they follow the default branch', async () => {
    const world: World = {
      all,
      good: [theirs('extends: acme/.github\n')],
      extending: [{ owner: 'beta', reference: 'acme/.github' }],
    };
    const found = await previewed(world, book(level('off')), book(level('block')));
    expect(found.rows.map(({ subject }) => `${subject.owner}/${subject.repo}`)).toEqual(['acme/home', 'beta/tool']);
    expect(found.newFailures).toBe(2);
  });

  test('keep what they say themselves', async () => {
    const good = [theirs(`extends: acme/.github\nrules:\n  licensed: { enforce: observe }\n`)];
    const world: World = { all, good, extending: [{ owner: 'beta', reference: 'acme/.github' }] };
    expect((await previewed(world, book(level('off')), book(level('block')))).newFailures).toBe(1);
  });

  test('keep their own waivers', async () => {
    const waiver = `rule: licensed\nrepositories: [tool]\nreason: It is old and nobody uses it.\napprover: grace\nuntil: 2026-06-30\n`;
    const file = { ...fileOf(waiver, 'beta/.github:.github/steward/waivers/tool.yml', 'organization') };
    const by = { login: 'grace', accountId: 9 };
    const pull = { author: 'ada', pull: 1, url: 'https://github.com/beta/.github/pull/1', mergedAt: '2026-03-01T00:00:00Z' };
    const world: World = {
      ...{ all, good: [theirs('extends: acme/.github\n')], extending: [{ owner: 'beta', reference: 'acme/.github' }] },
      waivers: { 'beta/.github': [{ file, approval: { state: 'approved', by, ...pull } }] },
    };
    const found = await previewed(world, book(level('off')), book(level('block')));
    expect(found.rows.map(({ subject }) => `${subject.owner}/${subject.repo}`)).toEqual(['acme/home']);
  });

  test('are left alone, where they are pinned', async () => {
    const pinned = `acme/.github@${'a'.repeat(40)}`;
    const world: World = { all, good: [theirs(`extends: ${pinned}\n`)], extending: [{ owner: 'beta', reference: pinned }] };
    expect(await previewed(world, book(level('off')), book(level('block')))).toMatchObject({ repositories: 1, newFailures: 1 });
  });
});

test('waivers are told that cover something now, or nothing any more', async () => {
  const waiver = (id: string, repository: string): Granted => ({
    ...{ id, source: `acme/.github:.github/steward/waivers/${id}.yml`, rule: 'licensed', reason: 'Old.', code: null },
    ...{ scope: { repositories: [repository] }, approver: 'ada', requestedBy: null, until: '2026-12-31', discussion: null },
    ...{ approvedBy: 'ada', url: 'https://github.com/acme/.github/pull/1', ends: '2027-01-01T00:00:00.000Z' },
  });
  const all = [stored('one', null, { faults: { licensed: 1 } }), stored('two', null, { faults: { licensed: 1 } })];
  const [before, after] = [waiver('for-one', 'one'), waiver('for-two', 'two')];
  const found = await previewed(
    { all },
    book(level('block'), { ...NO_WAIVERS, granted: [before] }),
    book(level('block'), { ...NO_WAIVERS, granted: [after] }),
  );
  expect(found).toMatchObject({ waiversUsed: ['for-two'], waiversNeedless: ['for-one'] });
  expect(rowsOf(found)).toEqual([
    'one · fails licensed · passes  · unknown  · issue opens',
    'two · fails  · passes licensed · unknown  · issue stays',
  ]);
});

test('the worst comes first, then names in order', async () => {
  const text = (enforce: string) => `rules:\n  licensed: { enforce: ${enforce} }\n  kept: { enforce: ${enforce} }\n`;
  const all = [
    stored('a', null, { faults: { licensed: 1, kept: 0 } }),
    stored('b', null, { faults: { licensed: 1, kept: 1 } }),
    stored('c', null, { faults: { licensed: 0, kept: null } }),
    stored('d', null, { faults: { licensed: 1, kept: 0 } }),
  ];
  const { rows } = await previewed({ all }, book(text('off')), book(text('block')));
  expect(rows.map(({ subject }) => subject.repo)).toEqual(['b', 'a', 'd', 'c']);
});

test('what is stored is read in pages, and the server gets a turn between them', async () => {
  const all = Array.from({ length: 120 }, (_, index) => stored(`r-${index}`, null, { faults: { licensed: 1 } }));
  const ports = portsOf({ all });
  let turns = 0;
  const count = (): void => {
    turns += 1;
    handle = setImmediate(count);
  };
  let handle = setImmediate(count);
  const found = await preview({ owner: 'acme', before: book(level('off')), after: book(level('block')) }, ports);
  clearImmediate(handle);
  expect(found.repositories).toBe(120);
  expect(Math.max(...ports.pages)).toBeLessThanOrEqual(100);
  expect(turns).toBeGreaterThanOrEqual(ports.pages.length - 1);
});
