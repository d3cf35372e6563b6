/** The pages of pilots, at `/policy/OWNER/pilots/NAME`. */
import { randomBytes } from 'node:crypto';
import { rules } from '../../rules/index.ts';
import { refuse, sendPage, type Site } from '../front.ts';
import { readPresets } from '../presets.ts';
import type { Services } from '../services.ts';
import { fleetOf, type Fleet } from './fleet.ts';
import { noPilotPage, pilotPage } from './page.ts';
import { planOf, type Plan } from './plan.ts';
import { standingOf } from './standing.ts';

/** How an account's repositories were found a short while ago: a page is not worth reading thousands of rows each time. */
interface Seen {
  readonly at: number;
  readonly found: Promise<{ readonly plan: Plan; readonly fleet: Fleet } | null>;
}

const FRESH = 10 * 60_000;
const MOST_SEEN = 20;

/** Answers for the pages of pilots; false: the path is none of theirs. */
export function pilotPages({ memory, config, now }: Pick<Services, 'memory' | 'config' | 'now'>): Site {
  const ports = { store: memory, rules, presets: readPresets() };
  const seen = new Map<string, Seen>();

  const look = async (owner: string): Promise<Awaited<Seen['found']>> => {
    const plan = await planOf(owner, ports);
    return plan && plan.pilots.length > 0 ? { plan, fleet: await fleetOf(plan.owner, memory, now()) } : null;
  };
  const recent = (owner: string): Seen['found'] => {
    const at = now().getTime();
    const last = seen.get(owner);
    if (last && at - last.at < FRESH) return last.found;
    const found = look(owner);
    seen.delete(owner);
    seen.set(owner, { at, found });
    // What failed is not remembered.
    found.catch(() => seen.delete(owner));
    const [oldest] = seen.keys();
    if (seen.size > MOST_SEEN && oldest !== undefined) seen.delete(oldest);
    return found;
  };
  const show = async (owner: string, name: string, nonce: string): Promise<string | null> => {
    const installation = await memory.installation(owner);
    const found = installation && (await recent(installation.owner));
    const pilot = found?.plan.pilots.find((one) => one.name === name);
    if (!found || !pilot || !isPolicyPublic(found.fleet)) return null;
    const standing = await standingOf(pilot, found.plan, found.fleet, memory, now());
    return pilotPage({ owner: found.plan.owner, standing, web: config.hosts.web, nonce });
  };

  return async (request, response, path) => {
    const [, owner, name] = /^\/policy\/([A-Za-z0-9_-]{1,100})\/pilots\/([a-z0-9-]{1,60})$/.exec(path) ?? [];
    if (owner === undefined || name === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'This page can only be read.', { allow: 'GET, HEAD' });
      return true;
    }
    const nonce = randomBytes(16).toString('base64');
    const shown = await show(owner, name, nonce);
    sendPage(response, shown === null ? 404 : 200, nonce, shown ?? (await noPilotPage(nonce)));
    return true;
  };
}

/** What a policy says is for everybody only where everybody can read it. */
function isPolicyPublic({ ships }: Fleet): boolean {
  return ships.some(({ traits, isPrivate }) => traits.name.toLowerCase() === '.github' && !isPrivate);
}
