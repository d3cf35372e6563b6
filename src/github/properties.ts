/** GitHub custom properties of a repository: a call of its own, remembered for a while, because few policies ask for them. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Api } from './client.ts';
import { LaterError } from './later.ts';

/** Values that the organization set, by the name of the property; one without a value is left out. */
export type PropertyValues = Readonly<Record<string, string | readonly string[]>>;

interface Names {
  readonly owner: string;
  readonly repo: string;
}

/** Reads the properties of a repository. Unknown: GitHub does not tell them, with the reason. */
export type Properties = (api: Api, names: Names) => Promise<Answer<PropertyValues>>;

/** How long an answer is believed: nobody tells Steward of a change. */
const FRESH = 10 * 60_000;
const FRESH_REFUSAL = 60_000;
/** More answers than this are not kept. */
const KEPT = 10_000;

/** Properties with a memory, so that groups by property cost no call at every push. */
export function rememberedProperties(now: () => number): Properties {
  const kept = new Map<string, { readonly answer: Answer<PropertyValues>; readonly until: number }>();
  return async (api, { owner, repo }) => {
    const key = `${owner}/${repo}`.toLowerCase();
    const before = kept.get(key);
    if (before && before.until > now()) return before.answer;
    const answer = await propertiesOf(api, { owner, repo });
    kept.delete(key);
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, { answer, until: now() + (answer.known ? FRESH : FRESH_REFUSAL) });
    return answer;
  };
}

/** The properties as they are now. Costs one call. */
export async function propertiesOf(api: Api, { owner, repo }: Names): Promise<Answer<PropertyValues>> {
  try {
    const { data } = await api.request('GET /repos/{owner}/{repo}/properties/values', { owner, repo });
    // Names are an organization's own words: a prototype must not answer for one of them.
    const values = data.flatMap(({ property_name, value }) => (value === null ? [] : [[property_name, value] as const]));
    return known(Object.fromEntries(values));
  } catch (error) {
    if (error instanceof LaterError && error.owner === null) return unknown('GitHub does not tell custom properties just now');
    const { status } = error as { status?: number };
    if (status === 404) return unknown('GitHub keeps no custom properties here: only repositories of organizations have them');
    if (status === 403) return unknown('GitHub does not let Steward read the custom properties of this repository');
    throw error;
  }
}
