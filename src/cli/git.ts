/** Runs git on repositories that nobody vouches for: no shell, no hooks, no filters, no network, none of the user's settings. */
import { execFile } from 'node:child_process';
import { toolEnvironment } from '../server/config.ts';

/** Git ended in a way that was not expected. */
export class GitFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GitFault';
  }
}

export interface Ran {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface Running {
  readonly input?: string;
  /** Exit codes that are answers rather than faults. Default: 0 alone. */
  readonly expect?: readonly number[];
  /** Largest output in bytes. */
  readonly cap?: number;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Further settings, highest of all. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Git at one place; the arguments start with the subcommand. */
export type Git = (args: readonly string[], running?: Running) => Promise<Ran>;

const MIB = 1024 * 1024;

/** A repository's own configuration may name programs to run; these win over it. */
const SETTINGS: Readonly<Record<string, string>> = {
  'core.fsmonitor': 'false',
  'core.hooksPath': '/dev/null',
  'core.attributesFile': '/dev/null',
  'core.pager': 'cat',
  'diff.external': '',
  'gc.auto': '0',
  'log.showSignature': 'false',
  'maintenance.auto': 'false',
  'protocol.allow': 'never',
  // The clone may belong to another user (a CI runner, a mount); nothing of it is executed, so reading it is safe.
  'safe.directory': '*',
  'status.submoduleSummary': 'false',
  'submodule.recurse': 'false',
};

const ENVIRONMENT: Readonly<Record<string, string>> = {
  // `none` is no protocol: whatever the configuration says, nothing can be fetched, not even from another folder.
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Git as it finds itself in a folder. */
export function gitIn(folder: string): Git {
  return (args, running) => run(['-C', folder, ...args], running);
}

/** Git on the objects and refs of a repository alone: it never looks at a work tree. */
export function gitAt(gitDir: string): Git {
  return (args, running) => run([`--git-dir=${gitDir}`, '--bare', ...args], running);
}

function run(args: readonly string[], running: Running = {}): Promise<Ran> {
  const { input = '', expect = [0], cap = 64 * MIB, timeout = 60_000, settings = {} } = running;
  const options = {
    encoding: 'buffer',
    env: { ...toolEnvironment(), ...ENVIRONMENT, ...settingsFor({ ...SETTINGS, ...settings }) },
    killSignal: 'SIGKILL',
    maxBuffer: cap,
    timeout,
    windowsHide: true,
  } as const;
  return new Promise((resolve, reject) => {
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === 'number' && expect.includes(status)) {
        resolve({ status, stdout, stderr: stderr.toString('utf8') });
      } else reject(fault(args, error, stderr.toString('utf8'), running));
    });
    // Git may end before it has read everything; what it answered tells the rest.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Settings as environment variables: unlike `-c`, names may hold any character. */
function settingsFor(settings: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(settings);
  return {
    GIT_CONFIG_COUNT: String(pairs.length),
    ...Object.fromEntries(
      pairs.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

function fault(args: readonly string[], error: unknown, stderr: string, { cap, timeout }: Running): GitFault {
  const { code, killed } = error as { code?: unknown; killed?: boolean };
  const command = args.find((arg) => /^[a-z]/.test(arg)) ?? 'git';
  if (code === 'ENOENT') return new GitFault('git is not installed, or not on the PATH', { cause: error });
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return new GitFault(`git ${command} answered with more than ${Math.round((cap ?? 64 * MIB) / MIB)} MiB`, { cause: error });
  }
  if (killed)
    return new GitFault(`git ${command} took longer than ${Math.round((timeout ?? 60_000) / 1000)} s`, { cause: error });
  const said = stderr.split('\n').find((line) => line.trim() !== '') ?? 'it said nothing';
  return new GitFault(`git ${command} failed: ${said.replace(/^(fatal|error): /, '').slice(0, 300)}`, { cause: error });
}
