/** Steward as a Probot application function: event → subjects → enqueue → answer. Runs in any Probot host. */
import type { ApplicationFunctionOptions, Probot } from 'probot';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { openServices, type Services } from './services.ts';
import { HANDLED } from './webhooks.ts';

export interface StewardOptions extends Partial<ApplicationFunctionOptions> {
  /** Where deliveries go. Left out, Steward opens and starts its own from the environment. */
  readonly services?: Pick<Services, 'receive'>;
}

/** Takes in the deliveries that mean something; everything else is answered without work. */
export default async function steward(app: Probot, options: StewardOptions = {}): Promise<void> {
  const services = options.services ?? (await ownServices());
  app.on([...HANDLED], async ({ id, name, payload }) => {
    await services.receive({ id, event: name, payload });
  });
}

/** The services of a host that brings none: the host's environment is Steward's. */
async function ownServices(): Promise<Services> {
  const read = readConfig();
  if ('problems' in read) throw new Error(`Steward cannot start:\n- ${read.problems.join('\n- ')}`);
  const { config } = read;
  const { credentials } = config;
  if (!credentials) throw new Error('Steward cannot start: APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set.');
  const services = await openServices({ ...config, credentials }, { log: createLog(config.logLevel) });
  await services.start();
  return services;
}
