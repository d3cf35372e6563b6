/** Policy files: the organization's, the repository's, the proposed one, and their history. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Change } from '../facts/source.ts';
import type { PolicyFiles } from '../policy/library.ts';
import type { LayerKind, PolicyFile } from '../policy/policy.ts';
import type { Desk, Look, Spot } from './look.ts';
import { POLICY_HISTORY, POLICY_PATH } from './queries.ts';
import { query } from './reply.ts';
import type { PolicyShape } from './shapes.ts';

const POLICY_REPOSITORY = '.github';

/** Whether a repository of this name keeps the policy of its owner. */
export function isPolicyRepository(repo: string): boolean {
  return repo.toLowerCase() === POLICY_REPOSITORY;
}

/** The policy files of a subject. `changes` decides whether a contribution proposes another one. */
export async function policyFilesOf(seen: Look, changes: () => Promise<Answer<readonly Change[]>>): Promise<PolicyFiles> {
  const { owner, repo, organization, faults, base } = seen;
  const isHome = isPolicyRepository(repo) || isRenamedHome(seen);
  const fault = faults.at('organization');
  const branch = organization?.defaultBranchRef?.name;
  const organizationSource = sourceOf(organization?.owner.login ?? owner, organization?.name ?? POLICY_REPOSITORY);
  const repositorySource = sourceOf(owner, repo);
  return {
    organizationSource,
    ...(branch === undefined ? {} : { organizationBranch: branch }),
    ...(organization ? { isOrganizationPublic: !organization.isPrivate } : {}),
    organization: fault === null ? fileAt(organizationSpot(seen), 'organization') : unknown(fault),
    hasPolicyRepository: fault !== null || organization !== null,
    repositorySource,
    repository: isHome ? known(null) : fileAt(base, 'repository'),
    proposed: seen.pull ? await proposal(seen, isHome ? 'organization' : 'repository', changes) : null,
    own: isHome ? 'organization' : 'repository',
  };
}

/** It had the name of the policy repository before, and GitHub still finds it by that. */
function isRenamedHome({ owner, repo, organization }: Look): boolean {
  const nameOf = (login: string, name: string): string => `${login}/${name}`.toLowerCase();
  return organization !== null && nameOf(organization.owner.login, organization.name) === nameOf(owner, repo);
}

/** What people call a policy file. */
export function sourceOf(owner: string, repo: string, path = POLICY_PATH): string {
  return `${owner}/${repo}:${path}`;
}

function organizationSpot({ owner, organization, faults }: Look): Spot {
  return {
    owner: organization?.owner.login ?? owner,
    repo: organization?.name ?? POLICY_REPOSITORY,
    state: organization?.defaultBranchRef?.target ?? null,
    faults: faults.within('organization', 'defaultBranchRef', 'target'),
  };
}

function fileAt({ owner, repo, state, faults }: Spot, layer: LayerKind): Answer<PolicyFile | null> {
  if (!state) return known(null);
  const fault = faults.at('policy');
  return fault === null ? known(fileOf(state, layer, sourceOf(owner, repo))) : unknown(fault);
}

/** The file of a commit; null: it has none. */
export function fileOf(
  { oid: commit, policy }: { oid: string; policy: PolicyShape | null },
  layer: LayerKind,
  source: string,
): PolicyFile | null {
  if (policy?.object?.byteSize === undefined) return null;
  // Binary content has no text; a NUL makes the parser say what is wrong. A cut text is longer than any policy may be.
  return { layer, source, commit, oid: policy.oid, text: policy.object.text ?? (policy.object.byteSize === 0 ? '' : '\0') };
}

/** The head's file, if the contribution changes it; a branch that is only behind its base proposes nothing. */
async function proposal(
  { owner, repo, head, base }: Look,
  layer: 'organization' | 'repository',
  changes: () => Promise<Answer<readonly Change[]>>,
): Promise<PolicyFile | null> {
  const file = fileAt(head, layer);
  if (!file.known || !file.value || file.value.oid === base.state?.policy?.oid) return null;
  const changed = await changes();
  const isChanged = !changed.known || changed.value.some(({ path }) => path === POLICY_PATH);
  return isChanged ? { ...file.value, source: sourceOf(owner, repo) } : null;
}

/** Earlier versions of a policy file, newest first, at most 20. */
export async function policyHistoryOf(
  desk: Desk,
  seen: Look,
  which: 'organization' | 'repository',
): Promise<readonly PolicyFile[]> {
  const { owner, repo, state } = which === 'organization' ? organizationSpot(seen) : seen.base;
  if (!state) return [];
  type Version = { oid: string; policy: PolicyShape | null };
  type Shape = { repository: { object: { history?: { nodes: readonly (Version | null)[] | null } } | null } | null };
  const { data } = await query<Shape>(desk.api, POLICY_HISTORY, { owner, repo, oid: state.oid });
  const versions = data.repository?.object?.history?.nodes ?? [];
  return versions.flatMap((version) => (version ? (fileOf(version, which, sourceOf(owner, repo)) ?? []) : []));
}
