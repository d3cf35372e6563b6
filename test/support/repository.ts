/** Real git repositories in temporary folders, with fixed people and dates, so that equal builds have equal commit ids. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface CommitOptions {
  readonly author?: string;
  readonly committer?: string;
  /** `Name <address>` is signed off in the last line. */
  readonly signedOffBy?: string;
}

export interface TestRepository {
  readonly path: string;
  /** Runs git here and gives what it printed; throws when it fails. */
  git(...args: readonly string[]): string;
  /** Writes a file into the work tree; parent folders are made. */
  write(path: string | Buffer, content: string | Buffer): void;
  link(path: string, target: string): void;
  /** Commits everything in the work tree, even nothing; the message is kept to the byte. Gives the commit id. */
  commit(message: string, options?: CommitOptions): string;
  /** Stores a raw object and gives its id. */
  object(type: 'blob' | 'tree' | 'commit', content: string | Buffer): string;
}

export const ADA = 'Ada Lovelace <ada@example.org>';
export const GRACE = 'Grace Hopper <grace@example.org>';
/** 2026-01-01T00:00:00Z; each commit of a repository is a minute later than the one before. */
const START = 1_767_225_600;

const folders: string[] = [];

/** A folder of its own, removed by `removeFolders`. */
export function aFolder(name = 'place'): string {
  const parent = mkdtempSync(join(tmpdir(), 'steward-test-'));
  folders.push(parent);
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Call it in `afterAll`. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** An empty repository on branch `main`, or what already lies at `at`. */
export function aRepository(options: { readonly name?: string; readonly at?: string } = {}): TestRepository {
  const path = options.at ?? aFolder(options.name ?? 'example');
  let minutes = 0;
  const git = (args: readonly string[], input: string | Buffer = '', env: Readonly<Record<string, string>> = {}): string =>
    runGit(path, args, input, env);
  if (options.at === undefined) git(['init', '--quiet', '--initial-branch=main']);
  return {
    path,
    git: (...args) => git(args),
    write: (name, content) => {
      const file = Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name)]);
      mkdirSync(parentOf(file), { recursive: true });
      writeFileSync(file, content);
    },
    link: (name, target) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      symlinkSync(target, join(path, name));
    },
    commit: (message, { author = ADA, committer = author, signedOffBy } = {}) => {
      const text = signedOffBy ? `${message}\n\nSigned-off-by: ${signedOffBy}\n` : message;
      minutes += 1;
      const env = { ...person('AUTHOR', author, minutes), ...person('COMMITTER', committer, minutes) };
      git(['add', '--all']);
      git(['commit', '--quiet', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '--file=-'], text, env);
      return git(['rev-parse', 'HEAD']).trim();
    },
    object: (type, content) => git(['hash-object', '-t', type, '-w', '--literally', '--stdin'], content).trim(),
  };
}

/** Runs git without any settings of this machine's. */
export function runGit(
  folder: string,
  args: readonly string[],
  input: string | Buffer = '',
  env: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...args], {
    input,
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_ALLOW_PROTOCOL: 'file',
      // Files and processes that say nothing here and cost more than the rest of a commit.
      GIT_TEMPLATE_DIR: '',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'maintenance.auto',
      GIT_CONFIG_VALUE_0: 'false',
      GIT_MERGE_AUTOEDIT: 'no',
      ...person('AUTHOR', ADA, 0),
      ...person('COMMITTER', ADA, 0),
      ...env,
    },
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`, { cause: error });
  return stdout.toString('utf8');
}

function parentOf(file: Buffer): Buffer {
  return file.subarray(0, file.lastIndexOf(47));
}

function person(role: 'AUTHOR' | 'COMMITTER', who: string, minutes: number): Record<string, string> {
  const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(who) ?? [];
  return {
    [`GIT_${role}_NAME`]: name,
    [`GIT_${role}_EMAIL`]: email,
    [`GIT_${role}_DATE`]: `${START + 60 * minutes} +0000`,
  };
}
