/** Whether Steward can work right now, and the page that says so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from './config.ts';
import type { JobCounts } from './jobs/jobs.ts';
import { statusPage, type Status } from './pages.ts';
import type { Services } from './services.ts';

/** A job that could run and has not for this long means that something is stuck. */
const STUCK = 30 * 60;
/** Anybody may ask; the database is asked at most once in this many milliseconds. */
const FRESH = 1000;

export interface Health {
  /** Why work cannot be done right now; empty: it can. */
  readonly unready: () => Promise<readonly string[]>;
  readonly page: (context: { readonly nonce: string; readonly isOperator: boolean }) => Promise<string>;
}

/** The health of running services; `isStopping` turns traffic away before the server closes. */
export function createHealth({ memory, config }: Pick<Services, 'memory' | 'config'>, isStopping: () => boolean): Health {
  const look = remembered(() => examine(memory));
  const unready = async (): Promise<readonly string[]> => {
    const { reasons } = await look();
    return isStopping() ? ['Steward is stopping.', ...reasons] : reasons;
  };
  const page: Health['page'] = async ({ nonce, isOperator }) => {
    const status: Status = {
      version: version(),
      reasons: await unready(),
      counts: (await look()).counts,
      dead: isOperator ? await memory.jobs.dead().catch(() => []) : [],
      database: memory.mode === 'scale' ? 'PostgreSQL' : 'SQLite',
      appUrl: config.credentials.url,
    };
    return statusPage(status, nonce);
  };
  return { unready, page };
}

async function examine(memory: Services['memory']): Promise<{ reasons: readonly string[]; counts: JobCounts | null }> {
  try {
    await memory.ping();
    const counts = await memory.jobs.counts();
    const age = Math.round(counts.oldestReady);
    return { reasons: age > STUCK ? [`The oldest job that could run has waited for ${age} seconds.`] : [], counts };
  } catch {
    return { reasons: ['The database cannot be written.'], counts: null };
  }
}

function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    if (answer === null) {
      answer = ask();
      setTimeout(() => (answer = null), FRESH).unref();
    }
    return answer;
  };
}

function version(): string {
  return (JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as { version: string }).version;
}
