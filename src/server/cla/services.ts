/** The signing pages on running services. */
import { z } from 'zod';
import { createCla, type Cla } from './routes.ts';
import type { Resolve } from './company.ts';
import type { Services } from '../services.ts';

/** The signing pages of a running server. */
export function claOf({ config, memory, platform, log, now }: Services): Cla {
  const { clientId, clientSecret } = config.credentials;
  const { hosts, publicUrl } = config;
  return createCla({
    store: memory,
    jobs: memory.jobs,
    hosts,
    publicUrl,
    clientId,
    clientSecret,
    now,
    log,
    resolve: resolverOn(platform),
  });
}

const user = z.object({ id: z.int().positive(), login: z.string(), type: z.string() });

/** Asks as the installation on the account that keeps the agreement: it can read what everybody can. */
function resolverOn({ connection }: Services['platform']): Resolve {
  return async (login, owner) => {
    const api = await connection.as(owner, 'read');
    try {
      const { data } = await api.request('GET /users/{username}', { username: login });
      const found = user.parse(data);
      return found.type === 'User' ? { accountId: found.id, login: found.login } : null;
    } catch (error) {
      if ((error as { status?: number }).status === 404) return null;
      throw error;
    }
  };
}
