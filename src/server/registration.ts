/** What is wished for and what comes of it when the App is registered. */
import type { Credentials } from './credentials.ts';

/** What GitHub tells about an App just registered. */
export interface Registered {
  readonly credentials: Credentials;
  readonly name: string;
  /** The App's page, without a trailing slash. */
  readonly url: string;
}

export interface RegistrationWish {
  /** Null: the visitor's own account. */
  readonly organization: string | null;
  readonly webhookUrl: string;
}
