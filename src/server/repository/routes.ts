/**
 * The pages of repositories, at `/policy/OWNER/REPO`. An owner called `previews` is written `@previews`, for
 * `/policy/previews/ID` is a preview; a repository may be called `pilots`, for pages of pilots have one part more.
 */
import { randomBytes } from 'node:crypto';
import { rules } from '../../rules/index.ts';
import { isOperator, refuse, sendPage, type Site } from '../front.ts';
import { readPresets } from '../presets.ts';
import type { Services } from '../services.ts';
import { look, repositoryKept, type Look, type LookPorts } from './look.ts';
import { noRepositoryPage, repositoryPage } from './page.ts';
import { repositoryIn } from './places.ts';
import { closedFiles, isPublic, publicPart } from './public-part.ts';
import { recentGranting } from './recent-waivers.ts';

/** Answers for the pages of repositories; false: the path is none of theirs. */
export function repositoryPages({ memory, config, now }: Pick<Services, 'memory' | 'config' | 'now'>): Site {
  const ports: LookPorts = { store: memory, rules, presets: readPresets() };
  const granting = recentGranting(ports);
  return async (request, response, path) => {
    const named = repositoryIn(path);
    if (named === null) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'This page can only be read.', { allow: 'GET, HEAD' });
      return true;
    }
    const nonce = randomBytes(16).toString('base64');
    const isTrusted = isOperator(request, config.metricsToken);
    // Who removed Steward is not shown any more.
    const installed = await memory.installation(named.owner);
    const found = installed && (await look({ ...named, now: now() }, ports, granting));
    const isOpen = found !== null && isPublic(found.repository);
    if (found === null || (!isOpen && (!isTrusted || found.repository === null))) {
      sendPage(response, 404, nonce, await noRepositoryPage(nonce));
      return true;
    }
    const { owner, name: repo } = found.explained.traits;
    const issue = await memory.publication({ kind: 'repository', owner, repo }, 'issue');
    const shown = isTrusted ? { explained: found.explained, isPartial: false } : await shownToAll(found, memory);
    const view = { ...shown, verdict: found.verdict, issue, isPrivate: !isOpen, web: config.hosts.web, nonce };
    sendPage(response, 200, nonce, await repositoryPage(view));
    return true;
  };
}

async function shownToAll({ explained, documents }: Look, memory: Pick<Services['memory'], 'facts'>) {
  const { owner, name } = explained.traits;
  const known = new Map<string, boolean>([[name.toLowerCase(), true]]);
  const closed = await closedFiles(documents, owner, async (repo) => {
    const key = repo.toLowerCase();
    const isOpen = known.get(key) ?? isPublic(await repositoryKept({ owner, repo }, memory));
    known.set(key, isOpen);
    return isOpen;
  });
  return { explained: publicPart(explained, closed), isPartial: closed.size > 0 };
}
