/** What `steward waivers` is asked for. Apart, so that the other commands start without a database. */

export const WAIVER_FORMATS = ['text', 'csv', 'json'] as const;

export interface WaiversOptions {
  readonly format: (typeof WAIVER_FORMATS)[number];
}
