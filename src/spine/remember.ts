/** What Steward remembers, as a source of facts, and the texts of agreements, which are read once. Part of the spine. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import { sha256 } from '../facts/digest.ts';
import type { KeptAgreement } from '../facts/register.ts';
import { CERTIFICATION } from '../facts/sentences.ts';
import type { Register, Remembered, Statement } from '../facts/source.ts';
import type { NamedAgreement } from '../policy/register-name.ts';
import type { Decided } from './hear.ts';
import type { Memory, Ports } from './ports.ts';

export interface Remembering {
  readonly place: { readonly owner: string; readonly repo: string };
  readonly agreements: readonly NamedAgreement[];
  readonly agreement: (named: NamedAgreement) => Promise<Answer<KeptAgreement>>;
  /** What people said, and what came of it. */
  readonly said: readonly Decided[];
  readonly ports: Pick<Ports, 'memory' | 'now' | 'agreementPage'>;
  /** Answers in the place of the memory's register. */
  readonly register: Memory['register'];
}

/** Answers from the store. An agreement that the policy in force does not name is not known. */
export function remembered({ place, agreements, agreement, said, ports, register }: Remembering): Remembered {
  const { memory, now, agreementPage = () => null } = ports;
  return {
    now: () => Promise.resolve(known(now().toISOString())),
    statements: () => Promise.resolve(known(said.flatMap(statementOf))),
    certified: async (shas, options) => known(await memory.certified(place, shas, options)),
    agreements: async (names) => {
      const texts = [];
      for (const { id, version } of names) {
        const named = agreements.find((one) => one.id === id && one.version === version);
        const kept = named ? await agreement(named) : unknown(`the policy names no agreement ${id} of version ${version}`);
        if (!kept.known) return kept;
        texts.push({ id, version, digest: kept.value.digest, page: agreementPage(kept.value.agreement) });
      }
      return known(texts);
    },
    register: async (ids, accountIds) => {
      const named = agreements.filter(({ id }) => ids.includes(id));
      const names = named.map(({ register }) => register);
      return known(inWordsOf(named, await register(names, accountIds)));
    },
  };
}

/** The register, and whether it has come to say something else since it was asked. */
export interface Watched {
  readonly register: Memory['register'];
  readonly hasChanged: () => Promise<boolean>;
}

/** Watches what is asked of the register: a signature can come between the question and the verdict. */
export function watched(memory: Pick<Memory, 'register'>): Watched {
  const asked: { readonly about: Parameters<Memory['register']>; readonly said: string }[] = [];
  return {
    register: async (...about) => {
      const answer = await memory.register(...about);
      asked.push({ about, said: JSON.stringify(answer) });
      return answer;
    },
    hasChanged: async () => {
      for (const { about, said } of asked) {
        if (JSON.stringify(await memory.register(...about)) !== said) return true;
      }
      return false;
    },
  };
}

/** When a version was last in force is noted so often. */
const HOUR = 3_600_000;

/**
 * Reads each agreement at most once an evaluation, and its text once for good: a version never changes its text.
 * `isDefault`: the policy is that of the default branch. On other branches a repository names no new version, for their
 * writers may be others.
 */
export function reader(
  owner: string,
  { platform, memory, now }: Pick<Ports, 'platform' | 'memory' | 'now'>,
  isDefault = true,
): Remembering['agreement'] {
  const read = async ({ register, version, title, kind, text: source }: NamedAgreement): Promise<Answer<KeptAgreement>> => {
    const there = await memory.agreement(register, version);
    const isNamed = isDefault || !isOfRepository(register);
    const at = now().toISOString();
    if (there) {
      const isOld = Date.parse(at) - Date.parse(there.seen ?? there.at) >= HOUR;
      if (isNamed && isOld) await memory.keepAgreement({ ...there, seen: at });
      return known(there);
    }
    if (!isNamed) {
      return unknown(
        `a repository's agreements are named by the policy on its default branch, where the ${title}, version ${version}, was never in force`,
      );
    }
    const text = await platform.agreementText(source, owner);
    if (!text.known) return unknown(`the text of the ${title}, version ${version}, could not be read: ${text.reason}`);
    const kept = { agreement: register, version, title, kind, source, text: text.value, digest: sha256(text.value), at };
    await memory.keepAgreement(kept);
    return known((await memory.agreement(register, version)) ?? kept);
  };
  const asked = new Map<string, Promise<Answer<KeptAgreement>>>();
  return (named) => {
    const key = `${named.register}@${named.version}`;
    const answer = asked.get(key) ?? read(named);
    asked.set(key, answer);
    return answer;
  };
}

/** `OWNER/REPO/ID`, and not `OWNER/ID`. */
function isOfRepository(register: string): boolean {
  return register.split('/').length > 2;
}

function statementOf({ kind, text, accountId, login, at, commentId, digest, body, decision }: Decided): readonly Statement[] {
  if (kind !== 'sentence' || text !== CERTIFICATION || decision.outcome !== 'accepted' || commentId === null) return [];
  return [{ accountId, login, at, commentId, digest: digest ?? sha256(body ?? text), seen: decision.covers }];
}

/** The register's names are the keeper's, the rule's are the policy's own. */
function inWordsOf(named: readonly NamedAgreement[], { signatures, companies }: Register): Register {
  const ids = new Map(named.map(({ register, id }) => [register, id]));
  const own = <T extends { readonly agreement: string }>(entries: readonly T[]): readonly T[] =>
    entries.flatMap((entry) => {
      const id = ids.get(entry.agreement);
      return id === undefined ? [] : [{ ...entry, agreement: id }];
    });
  return { signatures: own(signatures), companies: own(companies) };
}
