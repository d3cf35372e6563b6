/** Measures `steward check` on a large generated clone against git reading the same commits. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Checked {
  /** Milliseconds of each run. */
  readonly check: readonly number[];
  readonly git: readonly number[];
  readonly node: readonly number[];
}

/** Makes a clone with so many commits on top of a base, and so many files; measures each command `runs` times, in turns. */
export async function measureCheck(commits: number, files: number, runs: number): Promise<Checked> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  try {
    await run('git', ['init', '-q', '--initial-branch', 'main', folder]);
    await run('git', ['-C', folder, 'fast-import', '--quiet'], history(commits, files));
    await run('git', ['-C', folder, 'reset', '--quiet', '--hard', 'main']);
    const policy = join(folder, '.git', 'policy.yml');
    writeFileSync(
      policy,
      'rules:\n  dco:\n    enforce: block\n  license-file:\n    enforce: warn\n  required-files:\n    enforce: warn\n',
    );
    const checking = ['src/cli/main.ts', 'check', folder, '--base', 'base', '--policy', policy, '--format', 'json'];
    const times = { check: [] as number[], git: [] as number[], node: [] as number[] };
    for (let each = 0; each < runs; each += 1) {
      times.git.push(await run('git', ['-C', folder, 'log', '--format=%H %an %ae%n%B', 'base..main']));
      times.check.push(await run(process.execPath, checking));
      times.node.push(await run(process.execPath, ['-e', '0']));
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command to its end and tells how long it took; 1 is `check`'s way to say that something blocks. */
async function run(command: string, args: readonly string[], input?: Iterable<string>): Promise<number> {
  const started = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  child.stdout?.resume();
  if (input !== undefined && child.stdin !== null) {
    for (const part of input) if (!child.stdin.write(part)) await once(child.stdin, 'drain');
    child.stdin.end();
  }
  const [code] = await ended;
  if (code !== 0 && code !== 1) throw new Error(`${command} ${args.slice(0, 3).join(' ')} ended with ${code ?? 'a signal'}.`);
  return performance.now() - started;
}

/** A stream for `git fast-import`: all files in the first commit, named `base`; then one file a commit, one in a hundred without sign-off. */
function* history(commits: number, files: number): Generator<string> {
  yield `commit refs/heads/base\n${person(0)}${text('Initial commit\n\nSigned-off-by: Ada <ada@example.com>\n')}`;
  yield `M 100644 inline README.md\n${text('# Large\n')}`;
  for (let file = 0; file < files; file += 1) {
    yield `M 100644 inline part-${file % 100}/folder-${file % 1000}/file-${file}.txt\n${text(`${file}\n`)}`;
  }
  for (let each = 1; each <= commits; each += 1) {
    const signOff = each % 100 === 0 ? '' : '\n\nSigned-off-by: Ada <ada@example.com>';
    const from = each === 1 ? 'from refs/heads/base\n' : '';
    yield `commit refs/heads/main\n${person(each)}${text(`Change ${each}${signOff}\n`)}${from}`;
    yield `M 100644 inline part-${each % 100}/changed-${each % 500}.txt\n${text(`${each}\n`)}`;
  }
}

function person(at: number): string {
  return `committer Ada <ada@example.com> ${1_700_000_000 + at} +0000\n`;
}

function text(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}
