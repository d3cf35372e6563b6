/** Which policy a clone is judged by: a file that is given, or what the clones themselves hold. */
import { readFile, stat } from 'node:fs/promises';
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Tree } from '../facts/source.ts';
import { inForce, type InForce } from '../policy/in-force.ts';
import type { Library, PolicyFiles } from '../policy/library.ts';
import type { Occasion } from '../policy/managed.ts';
import type { PolicyFile, Presets, Problem } from '../policy/policy.ts';
import { POLICY_PATH } from '../policy/reference.ts';
import { MAX_BYTES } from '../policy/yaml.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Checkout } from './checkout.ts';
import { UsageError } from './repository.ts';

/** A policy cannot be used; every problem is told at once. */
export class PolicyError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('The policy cannot be used.');
    this.name = 'PolicyError';
    this.problems = problems;
  }
}

export interface Shelf {
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
}

/** A policy file on disk. Throws `UsageError` when it cannot be read. */
export async function policyAt(path: string, layer: PolicyFile['layer'] = 'organization'): Promise<PolicyFile> {
  const file = { layer, source: path, commit: null, oid: null };
  try {
    const { size } = await stat(path);
    // The parser refuses a larger file in words; there is no need to read it for that.
    if (size > MAX_BYTES) return { ...file, text: ' '.repeat(Math.min(size, 16 * MAX_BYTES)) };
    return { ...file, text: await readFile(path, 'utf8') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
    throw new UsageError(`The policy ${path} cannot be read: ${reason}.`, { cause: error });
  }
}

/** The policy of one file alone, for an occasion. Throws `PolicyError` when it is not sound. */
export function policyOf(file: PolicyFile, shelf: Shelf, occasion: Occasion | null = null): Promise<InForce> {
  return sound({ ...NO_FILES, organizationSource: file.source, organization: known(file) }, alone(), shelf, occasion);
}

/**
 * The policy that the clones hold: the organization's where its `.github` repository is at hand, the repository's own on top,
 * at the base when there is one; else `baseline`, observed. Throws `PolicyError` when one of them is not sound.
 */
export async function policyIn(checkout: Checkout, shelf: Shelf, occasion: Occasion | null = null): Promise<InForce> {
  return sound(await policyFilesIn(checkout), alone(checkout), shelf, occasion);
}

/** The policy files that the clones hold. */
export async function policyFilesIn(checkout: Checkout): Promise<PolicyFiles> {
  const { owner, name, base, headSha, defaults } = checkout;
  const isPolicyRepository = name === '.github';
  const source = `${owner}/${name}:${POLICY_PATH}`;
  const layer = isPolicyRepository ? 'organization' : 'repository';
  const own = await fileIn(checkout, base ? 'base' : 'head', POLICY_PATH, { layer, source, commit: base?.sha ?? headSha });
  const organizationSource = `${defaults?.owner ?? owner}/.github:${POLICY_PATH}`;
  const above = defaults
    ? await fileIn(checkout, 'defaults', POLICY_PATH, {
        layer: 'organization',
        source: organizationSource,
        commit: defaults.headSha,
      })
    : known(null);
  return {
    organizationSource: isPolicyRepository ? source : organizationSource,
    organization: isPolicyRepository ? own : above,
    hasPolicyRepository: true,
    repositorySource: source,
    repository: isPolicyRepository ? known(null) : own,
    proposed: await proposal(checkout, { layer, source, commit: headSha }),
    own: layer,
  };
}

/** The file as HEAD has it, when that is a change since the base. */
async function proposal(checkout: Checkout, file: Pick<PolicyFile, 'layer' | 'source' | 'commit'>): Promise<PolicyFile | null> {
  if (!checkout.base) return null;
  const changes = await checkout.changes();
  if (!changes.known || changes.value.every(({ path }) => path !== POLICY_PATH)) return null;
  const answer = await fileIn(checkout, 'head', POLICY_PATH, file);
  return answer.known ? answer.value : null;
}

/** What stands for the files where a single one is given. */
export const NO_FILES: PolicyFiles = {
  organizationSource: '',
  organization: known(null),
  hasPolicyRepository: true,
  repositorySource: '',
  repository: known(null),
  proposed: null,
  own: 'organization',
};

async function sound(
  files: PolicyFiles,
  library: Library,
  { rules, presets }: Shelf,
  occasion: Occasion | null,
): Promise<InForce> {
  for (const file of [files.organization, files.repository]) {
    if (!file.known) throw new UsageError(`The policy in the clone cannot be read: ${file.reason}.`);
  }
  const result = await inForce(files, library, rules, presets, () => Promise.resolve(occasion));
  const all = [...result.problems, ...result.reports.flatMap(({ problems }) => problems)];
  const errors = all.filter(({ severity }) => severity === 'error');
  const distinct = [...new Map(errors.map((problem) => [JSON.stringify(problem), problem])).values()];
  if (distinct.length > 0) throw new PolicyError(distinct);
  return result;
}

/** A command has no memory, and a clone no network: only the clone given as defaults can be extended. */
export function alone(checkout?: Checkout): Library {
  return {
    goodPolicy: () => Promise.resolve(null),
    keepGoodPolicy: () => Promise.resolve(),
    history: () => Promise.resolve([]),
    shared: async ({ owner, repo, path, ref }) => {
      const defaults = checkout?.defaults;
      const isDefaults = `${owner}/${repo}`.toLowerCase() === `${defaults?.owner ?? ''}/${defaults?.name ?? ''}`.toLowerCase();
      const cannot = 'the command line reads no other repository than the clones it is given';
      if (!checkout || !defaults || !isDefaults || ref !== null) return unknown(cannot);
      const file = await fileIn(checkout, 'defaults', path, {
        layer: 'shared',
        source: `${owner}/${repo}:${path}`,
        commit: defaults.headSha,
      });
      return file.known && file.value === null ? unknown('there is no such file') : (file as Answer<PolicyFile>);
    },
  };
}

async function fileIn(
  checkout: Checkout,
  tree: Tree,
  path: string,
  file: Pick<PolicyFile, 'layer' | 'source' | 'commit'>,
): Promise<Answer<PolicyFile | null>> {
  if (file.commit === null) return known(null);
  const slash = path.lastIndexOf('/');
  const listing = await checkout.directory(tree, slash < 0 ? '' : path.slice(0, slash));
  if (!listing.known) return listing;
  const entry = listing.value?.find(
    ({ name, kind }) => name === path.slice(slash + 1) && (kind === 'file' || kind === 'symlink'),
  );
  if (!entry) return known(null);
  const text = await checkout.text(tree, entry.oid);
  return text.known ? known({ ...file, oid: entry.oid, text: text.value }) : text;
}
