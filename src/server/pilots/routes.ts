/** The pages of pilots, at `/policy/OWNER/pilots/NAME`. */
import { randomBytes } from 'node:crypto';
import { rules } from '../../rules/index.ts';
import { refuse, sendPage, type Site } from '../front.ts';
import { readPresets } from '../presets.ts';
import type { Services } from '../services.ts';
import { noPilotPage, pilotPage } from './page.ts';
import { RecentPilots } from './recent.ts';

/** Answers for the pages of pilots; false: the path is none of theirs. */
export function pilotPages({ memory, config, now }: Pick<Services, 'memory' | 'config' | 'now'>): Site {
  const recent = new RecentPilots({ store: memory, rules, presets: readPresets(), now });
  return async (request, response, path) => {
    const [, owner, name] = /^\/policy\/([A-Za-z0-9_-]{1,100})\/pilots\/([a-z0-9-]{1,60})$/.exec(path) ?? [];
    if (owner === undefined || name === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'This page can only be read.', { allow: 'GET, HEAD' });
      return true;
    }
    const nonce = randomBytes(16).toString('base64');
    const found = await recent.find(owner, name);
    if (found) sendPage(response, 200, nonce, await pilotPage({ ...found, web: config.hosts.web, nonce }));
    else sendPage(response, 404, nonce, await noPilotPage(nonce));
    return true;
  };
}
