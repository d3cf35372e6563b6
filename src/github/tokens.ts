/** Installation tokens: minted for one purpose, with no more permissions than it needs, and shared until shortly before they expire. */
import { refuse } from './calls.ts';
import type { Api } from './client.ts';
import { GoneError, LaterError, UngrantedError } from './later.ts';

/** What a token is for. Only publishing asks for a purpose that writes. */
export type Purpose = 'read' | 'members' | 'check' | 'comment' | 'issue';

type Grant = Readonly<
  Partial<Record<'checks' | 'contents' | 'issues' | 'members' | 'metadata' | 'pull_requests', 'read' | 'write'>>
>;

/**
 * The permissions each purpose is minted with. For comments on pull requests GitHub documents "issues" or "pull requests"
 * (write); people report that `issues` alone is refused there, so the one that both accounts agree on is used.
 * Members have a purpose of their own: only organizations can grant it, and those that have not yet are judged all the same.
 */
export const GRANTS: Readonly<Record<Purpose, Grant>> = {
  read: { checks: 'read', contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read' },
  members: { members: 'read', metadata: 'read' },
  check: { checks: 'write', metadata: 'read' },
  comment: { metadata: 'read', pull_requests: 'write' },
  issue: { issues: 'write', metadata: 'read' },
};

export interface Tokens {
  token(installation: number, purpose: Purpose): Promise<string>;
  /** Forgets a token that GitHub did not accept. */
  drop(installation: number, purpose: Purpose): void;
}

interface Minted {
  readonly token: string;
  readonly until: number;
}

const MINTING = '/app/installations/{installation_id}/access_tokens';

/** Long evaluations must not run into the end of their token. */
const MARGIN = 5 * 60_000;

/** Mints tokens as the App; requests for the same purpose at the same time share one. */
export function tokens(app: (installation: number) => Api, now: () => number = Date.now): Tokens {
  const minted = new Map<string, Promise<Minted>>();
  const fresh = (installation: number, purpose: Purpose): Promise<Minted> => {
    const key = `${installation}:${purpose}`;
    const minting = mint(app(installation), installation, purpose);
    minted.set(key, minting);
    minting.catch(() => minted.delete(key));
    return minting;
  };
  return {
    async token(installation, purpose) {
      // Also a token that is there already must not be handed out where nothing may be sent.
      refuse({ method: 'POST', url: MINTING, permissions: GRANTS[purpose] });
      const kept = minted.get(`${installation}:${purpose}`);
      const current = kept ? await kept : await fresh(installation, purpose);
      if (current.until > now() + MARGIN) return current.token;
      // Whoever comes first replaces the stale one; the others find the new one.
      const newer = minted.get(`${installation}:${purpose}`);
      return (await (newer === kept || !newer ? fresh(installation, purpose) : newer)).token;
    },
    drop(installation, purpose) {
      minted.delete(`${installation}:${purpose}`);
    },
  };
}

async function mint(api: Api, installation: number, purpose: Purpose): Promise<Minted> {
  try {
    const { data } = await api.request(`POST ${MINTING}`, {
      installation_id: installation,
      permissions: GRANTS[purpose],
    });
    return { token: data.token, until: Date.parse(data.expires_at) };
  } catch (error) {
    throw refusal(error, installation, purpose);
  }
}

function refusal(error: unknown, installation: number, purpose: Purpose): unknown {
  if (error instanceof LaterError) return error;
  const status = (error as { status?: number }).status;
  if (status === 404) return new GoneError(`Installation ${installation} does not exist any more.`, { cause: error });
  if (status === 403) return new GoneError(`Installation ${installation} is suspended.`, { cause: error });
  if (status === 422) {
    const wanted = Object.entries(GRANTS[purpose]).map(([name, level]) => `${name}: ${level}`);
    const message = `Installation ${installation} has not granted all of: ${wanted.join(', ')}. An owner accepts them on the page of the installed App.`;
    return new UngrantedError(message, { cause: error });
  }
  return error;
}
