/** The cap on answers to people: anybody can ask, so that answers must not take the room of an account's issues and comments. */
import type { CapOptions } from './cap.ts';

/**
 * Gives an answer to a person (by login) if there is room, and notes it if `make` says that it was given. Null: it was, or was there;
 * else why not. What is left out is not given later: whoever asks so often asks again.
 */
export type CappedReply = (to: string, make: () => Promise<boolean>) => Promise<string | null>;

const HOUR = 3_600_000;
/** Answers to one person in an hour. */
export const ANSWERS_A_PERSON = 3;

/** Answers have a third of an account's cap, beside it; no account or login has a slash, so that each is counted by itself. */
export function cappedReplies({ owner, cap, writes, now, inTurn }: CapOptions): CappedReply {
  const all = `${owner.toLowerCase()}/answers`;
  const full = async (to: string): Promise<string | null> => {
    if (!cap || !writes) return null;
    const since = new Date(now() - HOUR).toISOString();
    const given = await writes.writesSince(`${all}/${to}`, since);
    if (given.length >= ANSWERS_A_PERSON) return `this person had ${ANSWERS_A_PERSON} answers within an hour`;
    const most = Math.max(1, Math.floor(cap.perHour / 3));
    const { length } = await writes.writesSince(all, since);
    return length >= most ? `${length} answers were given within an hour, and the account has at most ${most}` : null;
  };
  return (to, make) =>
    inTurn(`answered for ${owner.toLowerCase()}`, async () => {
      const reason = await full(to);
      if (reason !== null) return reason;
      if (await make()) {
        await writes?.noteWrite(all);
        await writes?.noteWrite(`${all}/${to}`);
      }
      return null;
    });
}
