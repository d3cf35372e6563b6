/** Which policy is in force: the files as they are, or their last good version where they do not parse. */
import type { AnyRule } from '../rules/rule.ts';
import type { Library, PolicyFiles } from './library.ts';
import { Loader } from './load.ts';
import type { Occasion } from './managed.ts';
import type { Document } from './parse.ts';
import type { Policy, Presets, Problem } from './policy.ts';
import { resolve } from './resolve.ts';

/** The problems of one policy file of the judged repository, to be shown on its commit. */
export interface PolicyReport {
  /** `proposed`: as the contribution would have it. `current`: as it stands on the judged branch. */
  readonly version: 'proposed' | 'current';
  readonly problems: readonly Problem[];
}

export interface InForce {
  readonly policy: Policy;
  /** Problems of the files in force, for administrators. */
  readonly problems: readonly Problem[];
  readonly reports: readonly PolicyReport[];
  /** The organization's documents in force, lowest first; empty: it has no policy. */
  readonly organization: readonly Document[];
  /** The documents that the contribution would put in their place or in that of the repository's; null: it proposes none that can be used. */
  readonly proposed: readonly Document[] | null;
}

/** For whom and when: told by the documents, because not everything is worth asking for. */
export type OccasionOf = (documents: readonly Document[]) => Promise<Occasion | null>;

/** Finds the policy in force. Throws when a file cannot be read and none of its versions is remembered: that is to be retried. */
export async function inForce(
  files: PolicyFiles,
  library: Library,
  rules: readonly AnyRule[],
  presets: Presets,
  occasionOf: OccasionOf = () => Promise.resolve(null),
): Promise<InForce> {
  const load = new Loader(library, rules, presets);
  const organization = await load.organization(files);
  const repository = await load.repository(files);
  const documents = [...organization.documents, ...repository.documents];
  const occasion = await occasionOf(documents);
  const { policy, problems } = resolve(documents, rules, presets, occasion);
  const own = files.own === 'organization' ? organization : repository;
  const current = [...own.problems, ...problems.filter((problem) => problem.source === ownSource(files))];
  const reports: PolicyReport[] = [{ version: 'current', problems: current }];
  const below = files.own === 'organization' ? [] : organization.documents;
  const proposed = files.proposed ? await load.proposed(files.proposed, own) : null;
  if (files.proposed && proposed) {
    const told = resolve([...below, ...proposed.documents], rules, presets, occasion).problems;
    const found = proposed.documents.length > 0 ? told.filter(({ source }) => source === files.proposed?.source) : [];
    reports.push({ version: 'proposed', problems: [...proposed.problems, ...found] });
  }
  return {
    policy,
    problems: [...organization.problems, ...repository.problems, ...problems],
    reports,
    organization: organization.documents,
    proposed: proposed && proposed.documents.length > 0 ? proposed.documents : null,
  };
}

function ownSource(files: PolicyFiles): string {
  return files.own === 'organization' ? files.organizationSource : files.repositorySource;
}
