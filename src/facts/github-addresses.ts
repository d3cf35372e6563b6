/** Addresses that GitHub itself makes: its own for what is done on the web, and those of accounts that keep theirs private. */

/** The identity of commits made on the web. It stands for no person, so it certifies and signs nothing. */
export const WEB_FLOW = 'noreply@github.com';

/** GitHub gives addresses of this domain to everybody. */
export const NOREPLY_DOMAIN = 'users.noreply.github.com';

/** Whose no-reply address it is; older ones have no number. */
export interface NoReply {
  readonly id: number | null;
  readonly login: string;
}

const NOREPLY = /^(?:(\d{1,20})\+)?([^@+]{1,100})@users\.noreply\.github\.com$/;

/** Reads a no-reply address in lower case; null: it is none. */
export function noReplyOf(address: string): NoReply | null {
  const [, id, login] = NOREPLY.exec(address) ?? [];
  return login === undefined ? null : { id: id === undefined ? null : Number(id), login };
}
