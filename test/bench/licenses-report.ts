/** What was measured of license detection, as tables in Markdown. */
import { table } from '../support/program.ts';
import type { Edits, Part } from './licenses.ts';
import type { Peers } from './licenses-peers.ts';
import { coldest, type Speed } from './licenses-speed.ts';
import { median, ratio, short } from './numbers.ts';

export interface Licenses {
  readonly parts: readonly Part[];
  readonly edits: Edits;
  readonly speed: Speed;
  readonly peers: Peers;
}

/** The tables, and every miss in a line. */
export function licensesReport(licenses: Licenses): string {
  const { parts, edits, speed, peers } = licenses;
  return [
    partsTable(parts),
    editsTable(edits),
    missed(licenses),
    paceTable(speed),
    coldTable(speed),
    slowTable(speed),
    peersTable(peers, licenses),
  ].join('\n\n');
}

/** The same without the texts, which belong to others. */
export function withoutTexts({ parts, edits, speed, peers }: Licenses): unknown {
  const told = parts.map((part) => ({
    ...part,
    misses: part.misses.map(({ one, judgment, detection: { expression, reason } }) => ({
      name: one.name,
      wanted: one.wanted,
      judgment,
      expression,
      reason,
    })),
  }));
  return { parts: told, edits: { ...edits, misses: edits.misses.map(({ one }) => one.name) }, speed, peers };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}

function partsTable(parts: readonly Part[]): string {
  const rows = parts.map((part) => [
    part.name,
    ...[part.cases, part.exact, part.abstained, part.flagged, part.wrong].map(String),
    percent(part.exact, part.cases),
    percent(part.baseline, 1),
    part.wanted,
  ]);
  return `${table(['', 'texts', 'exact', 'abstained', 'flagged', 'wrong', 'exact share', 'hash alone', 'to reach'], rows)}

flagged: said to be altered. Hash alone: the baseline, a table of whole texts without blanks, case and punctuation.`;
}

function editsTable({ edits, as, shown }: Edits): string {
  const rows = [
    [
      'edits that change the meaning',
      String(edits),
      ...Object.values(as).map(String),
      String(shown),
      percent(shown, edits),
      '100 %',
    ],
  ];
  return table(['', 'edits', ...Object.keys(as), 'words shown', 'share', 'to reach'], rows);
}

function missed({ parts, edits }: Licenses): string {
  const lines = parts.flatMap((part) =>
    part.misses.map(
      ({ one, judgment, detection: { expression, reason } }) =>
        `- ${judgment}: ${one.name}; wanted ${one.wanted.join(' and ') || 'nothing'}, got ${expression ?? reason ?? 'nothing'}`,
    ),
  );
  const changed = edits.misses.map(
    ({ one, detection: { expression, reason } }) => `- not shown: ${one.name}; got ${expression ?? reason ?? 'nothing'}`,
  );
  const all = [...lines, ...changed];
  return all.length === 0 ? 'Nothing was missed.' : `Missed:\n\n${all.join('\n')}`;
}

function paceTable({ paces, index }: Speed): string {
  const rows = paces.map((one) => [one.name, ...[one.files, one.perSecond, one.p50, one.p95, one.p99].map(short)]);
  return `${table(['real files, one core, no cache', 'files', 'files/s', 'p50 (ms)', 'p95 (ms)', 'p99 (ms)'], rows)}

The index is ${short(index / 1024)} KiB, compressed.`;
}

function coldTable(speed: Speed): string {
  const node = coldest(speed, 'node, doing nothing');
  const rows = speed.cold.map(({ name, runs }) => [
    name,
    short(median(runs)),
    short(median(runs) - node),
    ratio(median(runs), node),
  ]);
  return table(['a fresh process, one detection', 'median (ms)', 'on top of Node (ms)', 'to Node'], rows);
}

function slowTable({ hostile }: Speed): string {
  const rows = hostile.slice(0, 10).map(({ name, ms }) => [name, short(ms)]);
  return `${table(['slowest hostile and foreign texts', 'best of 3 (ms)'], rows)}

${hostile.length} texts: of 256 KiB made to be slow, and files in other formats.`;
}

function peersTable({ found, missing }: Peers, { parts, speed }: Licenses): string {
  const [real] = parts;
  const own = speed.paces.at(-1)?.perSecond ?? NaN;
  const ours = real
    ? [
        [
          `Steward`,
          String(real.cases),
          String(real.exact),
          String(real.abstained + real.flagged),
          String(real.wrong),
          percent(real.exact, real.cases),
          short(own),
          '1×',
        ],
      ]
    : [];
  const rows = found.map((one) => [
    `${one.name} ${one.version}`,
    ...[one.files, one.exact, one.none, one.wrong].map(String),
    percent(one.exact, one.files),
    short(one.perSecond),
    ratio(one.perSecond, own),
  ]);
  const absent = missing.length === 0 ? '' : `\n\nNot found on this machine: ${missing.join(', ')}.`;
  return `${table(['real files with one license', 'files', 'exact', 'none', 'wrong', 'exact share', 'files/s', 'to Steward'], [...ours, ...rows])}${absent}

files/s of the others is that of one run over all files, with starting them.`;
}
