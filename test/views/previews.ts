/** Previews as policies of different consequence give them: golden files and pages show how each one reads. */
import type { TestRun } from '../../src/verdict/policy-test.ts';
import type { Preview, PreviewRow } from '../../src/verdict/preview.ts';
import type { ReportedPreview } from '../../src/views/preview.ts';

export function aRow(repo: string, row: Partial<PreviewRow> = {}): PreviewRow {
  return {
    subject: { kind: 'repository', owner: 'acme', repo },
    isPrivate: false,
    title: null,
    url: `https://github.com/acme/${repo}`,
    ...{ before: 'success', after: 'failure', failing: ['license-file'], later: [], passing: [], unknown: [], issue: 'opens' },
    ...row,
  };
}

export function aPullRow(repo: string, number: number, title: string, row: Partial<PreviewRow> = {}): PreviewRow {
  return aRow(repo, {
    subject: { kind: 'pull-request', owner: 'acme', repo, number },
    title,
    url: `https://github.com/acme/${repo}/pull/${number}`,
    failing: ['dco'],
    issue: null,
    ...row,
  });
}

/** A preview with these rows; its counts follow from them. */
export function aPreview(rows: readonly PreviewRow[], more: Partial<Preview> = {}): Preview {
  const repositories = (count: (row: PreviewRow) => boolean): ReadonlySet<string> =>
    new Set(rows.filter(count).map(({ subject }) => subject.repo));
  const failing = repositories((row) => row.failing.length > 0);
  return {
    ...{ owner: 'acme', at: '2026-03-10T12:00:00.000Z', policy: { before: 'a'.repeat(40), after: 'b'.repeat(40) } },
    ...{ repositories: 120, pullRequests: 45, privateRepositories: 6 },
    newFailures: failing.size,
    newFailuresLater: repositories((row) => row.failing.length + row.later.length > 0).size,
    laterBy:
      rows
        .flatMap(({ later }) => later.map(({ from }) => from))
        .sort()
        .at(-1) ?? null,
    ...{ stopped: null, rowsLeft: 0 },
    newPasses: [...repositories((row) => row.passing.length > 0)].filter((repo) => !failing.has(repo)).length,
    unknown: rows.filter((row) => row.unknown.length > 0).length,
    issuesOpening: rows.filter(({ issue }) => issue === 'opens').length,
    issuesClosing: rows.filter(({ issue }) => issue === 'closes').length,
    ...{ waiversUsed: [], waiversNeedless: [] },
    rows,
    ...more,
  };
}

export function reported(preview: Preview, more: Partial<ReportedPreview> = {}): ReportedPreview {
  const page = 'https://steward.example.org/policy/previews/4f1c2aQ';
  return { preview, page, csv: `${page}.csv`, limit: null, isPublic: true, isHeld: false, ...more };
}

/** Something of everything. */
export const MIXED = aPreview(
  [
    aRow('engine', { failing: ['license-file', 'required-files'] }),
    aPullRow('wallet', 12, 'Add a parser | for @everyone'),
    aRow('secret', { isPrivate: true }),
    aRow('tools', { after: 'action_required', failing: [], unknown: ['dependency-licenses'], issue: null }),
    aRow('docs', { before: 'failure', after: 'success', failing: [], passing: ['license-file'], issue: 'closes' }),
    aRow('site', { before: 'failure', after: 'neutral', failing: [], issue: null }),
  ],
  { waiversUsed: ['dco-rocket'], waiversNeedless: ['notice-docs', 'old-license'] },
);

const later = (from: string | null) => ({ failing: [], later: [{ rule: 'dco', from }], issue: null, after: 'success' }) as const;

/** Something fails now, more by a roll-out. */
export const PLANNED = aPreview([
  aRow('engine'),
  aRow('wallet', later('2027-01-15T00:00:00.000Z')),
  aRow('tools', later('2027-03-01T00:00:00.000Z')),
]);

/** New repositories fail when they are not new any more. */
export const SPARED = aPreview([aRow('young', later(null))]);

/** The time ran out. */
export const STOPPED = aPreview([aRow('engine')], { repositories: 3_000, stopped: { judged: 3_200, all: 10_000 } });

/** Nothing was stored. */
export const EMPTY = aPreview([], { repositories: 0, pullRequests: 0, privateRepositories: 0 });

/** Every row cannot be told. */
export const UNKNOWN = aPreview(
  ['engine', 'wallet'].map((repo) => aRow(repo, { after: 'action_required', failing: [], unknown: ['dco'], issue: null })),
);

/** So many repositories that newly fail. */
export function many(count: number): Preview {
  return aPreview(
    Array.from({ length: count }, (_, index) =>
      index % 5 === 4
        ? aPullRow(`part-${index}`, index, `Change the parser, step ${index}`, { isPrivate: index % 3 === 0 })
        : aRow(`part-${index}`, {
            isPrivate: index % 3 === 0,
            failing: index % 2 === 0 ? ['license-file'] : ['required-files', 'notice'],
          }),
    ),
    { repositories: count + 100 },
  );
}

const TESTS = 'acme/.github:.github/steward/tests/commits.test.yml';

export const FAILING_TESTS: TestRun = {
  results: [
    { name: 'a commit without sign-off fails', source: TESTS, line: 2, isPassed: true, says: null },
    {
      ...{ name: 'the wallet | stands as it is', source: TESTS, line: 8, isPassed: false },
      says: 'license-file: expected pass, found fail: There is no license file.',
    },
  ],
  problems: [],
};
