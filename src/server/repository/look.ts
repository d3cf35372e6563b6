/** Looks at one repository in the store: by which policy it is held, and how it stands. Nothing is asked of GitHub. */
import type { Answer } from '../../facts/answer.ts';
import { answerTo } from '../../facts/gather.ts';
import { properties, repository } from '../../facts/repository.ts';
import type { Repository } from '../../facts/source.ts';
import type { Traits, WaiverTerms } from '../../policy/managed.ts';
import type { Document } from '../../policy/parse.ts';
import { POLICY_PATH } from '../../policy/reference.ts';
import { resolve } from '../../policy/resolve.ts';
import { withPresets } from '../../policy/stack.ts';
import { waiversInForce } from '../../policy/waivers/in-force.ts';
import type { Granted } from '../../policy/waivers/waiver.ts';
import { traitsOf } from '../../policy/where.ts';
import type { Store } from '../../store/store.ts';
import type { LayerKind } from '../../policy/policy.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import { explained, type Explained } from '../../views/effective.ts';
import { keptPolicy, type KeptPolicyPorts } from './kept-policy.ts';

export interface LookPorts extends KeptPolicyPorts {
  readonly store: KeptPolicyPorts['store'] & Pick<Store, 'installation' | 'facts' | 'lastVerdict' | 'lastWaivers'>;
}

/** The waivers in a policy repository (`OWNER/REPO`) that are in force; null: not known. */
export type Granting = (repository: string, terms: WaiverTerms, now: Date) => Promise<readonly Granted[] | null>;

export interface Look {
  readonly explained: Explained;
  /** What GitHub said of the repository; null: nothing is stored of it. */
  readonly repository: Repository | null;
  /** The last verdict on the repository itself. */
  readonly verdict: Verdict | null;
  /** The documents in force, lowest first, without presets. */
  readonly documents: readonly Document[];
}

export interface Named {
  readonly owner: string;
  readonly repo: string;
}

export interface LookAt extends Named {
  readonly now: Date;
  /** Traits that count in place of what is stored. */
  readonly given?: Partial<Traits>;
}

/** The policy of a repository with everything that decides in it. Names are spelled as GitHub does, as far as that is known. */
export async function look({ owner, repo, now, given = {} }: LookAt, ports: LookPorts, granting: Granting): Promise<Look> {
  const { store, rules, presets } = ports;
  const place = await standing({ owner, repo }, store);
  const documents = await documentsOf(place, ports);
  const traits = { ...place.traits, ...given };
  const { policy, problems } = resolve(documents, rules, presets, { now, traits, isFirst: null });
  const above = withPresets(organizationsOwn(documents), rules, presets).documents;
  const { verdict } = place;
  const granted = await granting(`${traits.owner}/${homeOf(traits.owner, verdict)}`, policy.waivers, now);
  const basis = place.repository ? 'stored' : 'name';
  return {
    explained: explained({ traits, basis, now, above, documents, policy, problems, granted, verdict }, rules),
    repository: place.repository,
    verdict,
    documents,
  };
}

/** The waivers as they are kept, read anew. */
export function grantingFrom({ store, rules }: Pick<LookPorts, 'store' | 'rules'>): Granting {
  return async (repository, terms, now) => {
    const kept = await store.lastWaivers(repository);
    return waiversInForce(kept, terms, rules, now).granted;
  };
}

/** The documents up to the organization's own file. */
export function organizationsOwn(documents: readonly Document[]): readonly Document[] {
  return documents.slice(0, documents.findLastIndex(({ file }) => file.layer === 'organization') + 1);
}

interface Place {
  readonly traits: Traits;
  readonly repository: Repository | null;
  readonly verdict: Verdict | null;
}

async function standing(named: Named, store: LookPorts['store']): Promise<Place> {
  const verdict = await store.lastVerdict({ kind: 'repository', ...named });
  const { place, values } = await told(named, store);
  if (!place.known) {
    const spelled = (await store.installation(named.owner))?.owner ?? named.owner;
    return { traits: { owner: spelled, name: named.repo }, repository: null, verdict };
  }
  const traits = traitsOf(place.value, values.known ? values.value : undefined);
  return { traits, repository: place.value, verdict };
}

/** What GitHub said of a repository when it was judged last; null: nothing is stored of it. */
export async function repositoryKept(named: Named, store: Pick<Store, 'facts'>): Promise<Repository | null> {
  const { place } = await told(named, store);
  return place.known ? place.value : null;
}

async function told({ owner, repo }: Named, store: Pick<Store, 'facts'>) {
  const kept = await store.facts({ kind: 'repository', owner, repo });
  const facts = new Map<string, Answer<unknown>>(Object.entries(kept?.facts ?? {}));
  return { place: answerTo(facts, repository()), values: answerTo(facts, properties()) };
}

async function documentsOf({ traits, verdict }: Place, ports: LookPorts): Promise<readonly Document[]> {
  const { owner, name } = traits;
  const homeName = homeOf(owner, verdict);
  const isHome = name.toLowerCase() === homeName.toLowerCase();
  const home = isHome ? verdict : await ports.store.lastVerdict({ kind: 'repository', owner, repo: homeName });
  const organization = isGone('organization', home) ? [] : await keptPolicy(sourceOf(owner, homeName), 'organization', ports);
  if (isHome) return organization;
  const own = isGone('repository', verdict) ? [] : await keptPolicy(sourceOf(owner, name), 'repository', ports);
  return [...organization, ...own];
}

/** The name of the policy repository: one that was renamed governs as long as GitHub leads there, and the last verdict says by which name. */
export function homeOf(owner: string, verdict: Verdict | null): string {
  const file = verdict?.policy.files.findLast(({ layer }) => layer === 'organization');
  const [, account = '', repo = ''] = /^([^/]+)\/([^:]+):/.exec(file?.source ?? '') ?? [];
  return account.toLowerCase() === owner.toLowerCase() ? repo : '.github';
}

/** A file that was deleted is still kept as the last good one; the last verdict where it lies does not know it any more. */
function isGone(layer: LayerKind, verdict: Verdict | null): boolean {
  return verdict !== null && verdict.policy.files.every((file) => file.layer !== layer);
}

function sourceOf(owner: string, repo: string): string {
  return `${owner}/${repo}:${POLICY_PATH}`;
}
