/** The App as GitHub registers it: `app.yml` with the addresses of this server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { PACKAGE_FOLDER } from './config.ts';
import { CALLBACK_PATH } from './cla/github.ts';
import { WEBHOOKS_PATH } from './front.ts';

const schema = z.object({
  name: z.string().default('Steward'),
  description: z.string().optional(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])),
  default_events: z.array(z.string()),
});

export type AppDescription = Readonly<z.infer<typeof schema>>;

/** What `app.yml` says of the App. */
export function readAppDescription(folder = PACKAGE_FOLDER): AppDescription {
  return schema.parse(load(readFileSync(join(folder, 'app.yml'), 'utf8')));
}

export interface Registration {
  /** GitHub allows 34 characters, and each name once. */
  readonly name: string;
  /** Where GitHub reaches this server, without a trailing slash. */
  readonly webhookUrl: string;
  /** Where the visitor's browser reaches this server, without a trailing slash. */
  readonly returnUrl: string;
}

/** The manifest that GitHub's registration form takes. Private: only its owner can install it. */
export function manifest(description: AppDescription, { name, webhookUrl, returnUrl }: Registration): object {
  return {
    ...description,
    name,
    // GitHub wants a homepage; this server's own page says what it is.
    url: webhookUrl,
    public: false,
    hook_attributes: { url: `${webhookUrl}${WEBHOOKS_PATH}`, active: true },
    redirect_url: `${returnUrl}/setup/done`,
    // Where GitHub brings people back who sign in to sign an agreement.
    callback_urls: [`${webhookUrl}${CALLBACK_PATH}`],
  };
}

/** Where the registration form goes: an organization's settings, or the visitor's own. */
export function registrationUrl(web: string, organization: string | null, state: string): string {
  const path =
    organization === null ? '/settings/apps/new' : `/organizations/${encodeURIComponent(organization)}/settings/apps/new`;
  return `${web}${path}?state=${encodeURIComponent(state)}`;
}
