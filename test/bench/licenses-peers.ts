/** Runs the license detectors that this machine has installed over the same files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { idsOf } from '../support/license-case.ts';
import type { RealFile } from '../support/license-corpus.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Peer {
  readonly name: string;
  readonly version: string;
  readonly files: number;
  readonly exact: number;
  readonly none: number;
  readonly wrong: number;
  /** With what starting it takes, for a run over all files. */
  readonly perSecond: number;
}

/** The detectors found, and the names of those that are not there. */
export interface Peers {
  readonly found: readonly Peer[];
  readonly missing: readonly string[];
}

/** One line a file: its number, a tab, and what the detector says. */
interface Program {
  readonly name: string;
  readonly version: readonly string[];
  readonly command: (folder: string, count: number) => readonly string[];
  readonly read: (line: string) => readonly [number, string] | null;
}

const RUBY = `require 'licensee'
ARGV[1].to_i.times do |nth|
  content = File.read(File.join(ARGV[0], nth.to_s, 'LICENSE'), encoding: 'UTF-8').scrub
  found = Licensee::ProjectFiles::LicenseFile.new(content, { name: 'LICENSE' }).license
  puts [nth, found ? found.spdx_id : ''].join("\\t")
end`;

const PROGRAMS: readonly Program[] = [
  {
    name: 'licensee',
    version: ['licensee', 'version'],
    command: (folder, count) => ['ruby', '-e', RUBY, folder, String(count)],
    read: (line) => {
      const [nth, id = ''] = line.split('\t');
      return [Number(nth), id === 'NOASSERTION' ? '' : id];
    },
  },
  {
    name: 'licensecheck',
    version: ['licensecheck', '--version'],
    command: (folder) => ['licensecheck', '--recursive', '--machine', '--shortname-scheme=spdx', '--lines=0', folder],
    read: (line) => {
      const found = /\/(\d+)\/LICENSE\t(.*)$/.exec(line);
      if (!found) return null;
      const [, nth, said = ''] = found;
      return [Number(nth), said === 'UNKNOWN' ? '' : said.replace(/ (?:and\/or|and|or) /g, ' AND ')];
    },
  },
];

export function measurePeers(files: readonly RealFile[]): Peers {
  const folder = mkdtempSync(join(tmpdir(), 'steward-licenses-'));
  try {
    files.forEach(({ text }, nth) => {
      mkdirSync(join(folder, String(nth)));
      writeFileSync(join(folder, String(nth), 'LICENSE'), text);
    });
    const there = PROGRAMS.filter(({ version: [name = '', ...args] }) => spawnSync(name, args).error === undefined);
    return {
      found: there.map((one) => measure(one, folder, files)),
      missing: PROGRAMS.filter((one) => !there.includes(one)).map(({ name }) => name),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure({ name, version, command, read }: Program, folder: string, files: readonly RealFile[]): Peer {
  const [program = '', ...args] = command(folder, files.length);
  const started = performance.now();
  const { stdout } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const seconds = (performance.now() - started) / 1000;
  const said = new Map(
    stdout.split('\n').flatMap((line) => {
      const answer = line === '' ? null : read(line);
      return answer ? [answer] : [];
    }),
  );
  const answers = files.map(({ wanted }, nth) => ({ said: said.get(nth) ?? '', wanted: idsOf(wanted.join(' AND ')).join() }));
  const none = answers.filter((one) => one.said === '').length;
  const exact = answers.filter((one) => one.said !== '' && idsOf(one.said).join() === one.wanted).length;
  const [asked = '', ...how] = version;
  const told = /\d+(?:\.\d+)+/.exec(spawnSync(asked, how, { encoding: 'utf8' }).stdout)?.[0] ?? '';
  return {
    name,
    version: told,
    files: files.length,
    exact,
    none,
    wrong: files.length - exact - none,
    perSecond: files.length / seconds,
  };
}
