/** The whole room over real HTTP: an organization that has installed Steward, and one repository of it. */
import { readFileSync } from 'node:fs';
import { afterEach, expect } from '@jest/globals';
import { load } from 'js-yaml';
import { githubPlatform, type GithubPlatform, type PlatformOptions } from '../../src/github/platform.ts';
import type { Account, Installation, Permissions, Repository } from '../support/github/model.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';
import type { Files } from '../support/github/world/commits.ts';
import type { World } from '../support/github/world/world.ts';

const app = load(readFileSync('app.yml', 'utf8')) as { default_permissions: Permissions };

export interface Installed {
  readonly github: GitHub;
  readonly world: World;
  readonly acme: Account;
  readonly installation: Installation;
  readonly rocket: Repository;
  readonly platform: GithubPlatform;
}

const open: GitHub[] = [];

/** Call it once a file: afterwards nothing was sent that GitHub does not describe. */
export function closesGitHub(): void {
  afterEach(async () => {
    const all = open.splice(0);
    await Promise.all(all.map((github) => github.close()));
    expect(all.flatMap(({ violations }) => violations)).toEqual([]);
  });
}

export interface InstalledOptions extends Partial<PlatformOptions> {
  readonly files?: Files;
  readonly isPrivate?: boolean;
  /** Left out: what the App asks for. */
  readonly granted?: Permissions;
}

export async function installed({ files, isPrivate = false, granted, ...options }: InstalledOptions = {}): Promise<Installed> {
  // Nobody listens here, so nothing is told.
  const github = await startGitHub({ app: { permissions: app.default_permissions, events: [] } });
  open.push(github);
  const { world } = github;
  const acme = world.organization('acme');
  const { installation } = world.install(acme, granted === undefined ? {} : { permissions: granted });
  const rocket = world.repository({ owner: acme, name: 'rocket', isPrivate, files: { 'README.md': '# Rocket\n', ...files } });
  const { id: appId, privateKey } = world.app;
  const installations = {
    installation: (owner: string) => {
      const found = world.installationOf(world.accountOf(owner));
      return Promise.resolve(found ? { id: found.id, isSuspended: false } : null);
    },
  };
  const platform = githubPlatform({ appId, privateKey, baseUrl: github.url, isPaced: false, installations, ...options });
  return { github, world, acme, installation, rocket, platform };
}

export const ALL = { commits: true, files: true };

/** A subject of that repository. */
export const REPOSITORY = { kind: 'repository', owner: 'acme', repo: 'rocket' } as const;
export const pullRequest = (number: number) => ({ kind: 'pull-request', owner: 'acme', repo: 'rocket', number }) as const;
