/** GitHub as the App, for taking back what Steward made. */
import { githubPlatform, type GithubPlatform } from '../../github/platform.ts';
import { readConfig } from '../../server/config.ts';
import { UsageError } from '../repository.ts';

/** Takes one thing back on GitHub. */
export type TakeBack = GithubPlatform['takeBack'];

/** Takes back as the App that the environment names. Throws `UsageError` when it names none. */
export function takingBack(): TakeBack {
  const read = readConfig();
  if ('problems' in read) throw new UsageError(`Steward cannot work as the App:\n- ${read.problems.join('\n- ')}`);
  const { credentials, hosts } = read.config;
  if (!credentials) throw new UsageError('Steward cannot work as the App: APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set.');
  const { appId, privateKey } = credentials;
  const platform = githubPlatform({ appId, privateKey, baseUrl: hosts.api });
  return (...asked) => platform.takeBack(...asked);
}
