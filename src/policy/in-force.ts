/** Which policy is in force: the files as they are, or their last good version where they do not parse. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { AnyRule } from '../rules/rule.ts';
import { parse, references, type Document, type Reference } from './parse.ts';
import type { Occasion } from './managed.ts';
import type { Policy, PolicyFile, Presets, Problem } from './policy.ts';
import { referenceText } from './reference.ts';
import { resolve } from './resolve.ts';

/** The policy files of a subject as they are now; null: there is no such file. */
export interface PolicyFiles {
  /** What people call the organization's file: `OWNER/.github:.github/steward.yml`. */
  readonly organizationSource: string;
  readonly organization: Answer<PolicyFile | null>;
  /** False: the organization's `.github` repository does not exist or cannot be seen. */
  readonly hasPolicyRepository: boolean;
  readonly repositorySource: string;
  /** On the base branch of a pull request, else on the default branch; null in the `.github` repository itself. */
  readonly repository: Answer<PolicyFile | null>;
  /** The file as the contribution would have it, when it changes it; else null. */
  readonly proposed: PolicyFile | null;
  /** Which of the files lies in the judged repository itself, so that its problems are shown on its commit. */
  readonly own: 'organization' | 'repository';
}

/** Where earlier and foreign policies come from. */
export interface Library {
  goodPolicy(source: string): Promise<PolicyFile | null>;
  keepGoodPolicy(file: PolicyFile): Promise<void>;
  /** Whether a new version of the organization's file may come into force in place of the last good one; left out: it may. */
  admits?(file: PolicyFile, good: PolicyFile): Promise<boolean>;
  history(file: 'organization' | 'repository'): Promise<readonly PolicyFile[]>;
  /** A policy of another repository, called by the name that the repository has now, without the ref. */
  shared(reference: Reference): Promise<Answer<PolicyFile>>;
}

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
}

/** A layer that can be used: its document and the shared ones below it, lowest first. */
interface Layer {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
}

const NO_LAYER: Layer = { documents: [], problems: [] };
const MAX_EXTENDS = 5;
const TOO_MANY = unknown(`more than ${MAX_EXTENDS} policies extend one another, or they form a circle`);

/** Finds the policy in force. Throws when a file cannot be read and none of its versions is remembered: that is to be retried. */
export async function inForce(
  files: PolicyFiles,
  library: Library,
  rules: readonly AnyRule[],
  presets: Presets,
  occasion: Occasion | null = null,
): Promise<InForce> {
  const load = new Loader(library, rules, presets);
  const organization = await load.organization(files);
  const repository = await load.current('repository', files.repositorySource, files.repository);
  const { policy, problems } = resolve([...organization.documents, ...repository.documents], rules, presets, occasion);
  const own = files.own === 'organization' ? organization : repository;
  const current = [...own.problems, ...problems.filter((problem) => problem.source === ownSource(files))];
  const reports: PolicyReport[] = [{ version: 'current', problems: current }];
  if (files.proposed) {
    const below = files.own === 'organization' ? [] : organization.documents;
    reports.push({ version: 'proposed', problems: proposedProblems(files.proposed, below, rules, presets) });
  }
  return { policy, problems: [...organization.problems, ...repository.problems, ...problems], reports };
}

/** A stranger's proposal must not make Steward read other repositories: one that extends them is only parsed. */
function proposedProblems(
  file: PolicyFile,
  below: readonly Document[],
  rules: readonly AnyRule[],
  presets: Presets,
): readonly Problem[] {
  const { document, problems } = parse(file, rules, presets);
  if (!document || references(document)) return problems;
  return resolve([...below, document], rules, presets).problems.filter(({ source }) => source === file.source);
}

function ownSource(files: PolicyFiles): string {
  return files.own === 'organization' ? files.organizationSource : files.repositorySource;
}

/** Loads layers; every question to the library is awaited in turn, most policies need none. */
class Loader {
  private readonly library: Library;
  private readonly rules: readonly AnyRule[];
  private readonly presets: Presets;

  constructor(library: Library, rules: readonly AnyRule[], presets: Presets) {
    this.library = library;
    this.rules = rules;
    this.presets = presets;
  }

  /** The organization's layer; a policy repository that can no longer be seen does not loosen anything. */
  async organization(files: PolicyFiles): Promise<Layer> {
    if (files.hasPolicyRepository) {
      return this.current('organization', files.organizationSource, files.organization);
    }
    const good = await this.library.goodPolicy(files.organizationSource);
    return good ? this.lastGood(good, notice(good, 'The policy repository can no longer be read.')) : NO_LAYER;
  }

  async current(which: 'organization' | 'repository', source: string, answer: Answer<PolicyFile | null>): Promise<Layer> {
    if (!answer.known) {
      const good = await this.library.goodPolicy(source);
      if (!good) throw new Error(`The policy ${source} could not be read: ${answer.reason}`);
      return this.lastGood(good, notice(good, `The policy could not be read just now: ${answer.reason}.`));
    }
    if (answer.value === null) return NO_LAYER;
    const file = answer.value;
    const layer = await this.version(file);
    if (layer.documents.length > 0) {
      const good = await this.library.goodPolicy(source);
      if (good?.oid !== file.oid || good.text !== file.text) await this.library.keepGoodPolicy(file);
      return layer;
    }
    const good = (await this.library.goodPolicy(source)) ?? (await this.newestThatParses(which));
    const fallback = good ? await this.version(good) : NO_LAYER;
    return { documents: fallback.documents, problems: layer.problems };
  }

  /** One version of a file: its documents, or none and the problems that make it unusable. */
  async version(file: PolicyFile): Promise<Layer> {
    const documents: Document[] = [];
    const problems: Problem[] = [];
    let next = file;
    for (let depth = 0; ; depth += 1) {
      const parsed = parse(next, this.rules, this.presets);
      if (!parsed.document) return { documents: [], problems: [...problems, ...parsed.problems] };
      documents.unshift(parsed.document);
      const reference: Reference | null = references(parsed.document);
      if (!reference) return { documents, problems };
      const shared: Answer<PolicyFile> = depth < MAX_EXTENDS ? await this.shared(file, reference) : TOO_MANY;
      if (!shared.known) {
        return { documents: [], problems: [...problems, unreadable(next, parsed.document, reference, shared.reason)] };
      }
      next = shared.value;
    }
  }

  /**
   * A shared policy, or its last good version for this reader where it cannot be used now: whoever edits it must not be
   * able to unguard those who extend it. Its own problems are for its keepers; its text is not shown to readers.
   * Its name says the ref: who may write there decides what its agreements are worth.
   */
  private async shared(reader: PolicyFile, reference: Reference): Promise<Answer<PolicyFile>> {
    const key = `${reader.source} extends ${referenceText(reference)}`;
    const [found, good, name] = [
      await this.library.shared(reference),
      await this.library.goodPolicy(key),
      // It may have another name than it is extended by, and keeps that: agreements are called by it.
      await this.library.goodPolicy(`${key} as`),
    ];
    if (found.known && parse(found.value, this.rules, this.presets).document) {
      const source = withRef(found.value.source, reference);
      if (good?.text !== found.value.text) await this.library.keepGoodPolicy({ ...found.value, source: key });
      if (name?.text !== source) await this.library.keepGoodPolicy({ ...found.value, source: `${key} as`, text: source });
      return known({ ...found.value, source });
    }
    if (good) return known({ ...good, source: name?.text ?? referenceText(reference) });
    return found.known ? unknown('it has problems of its own, which its keepers see') : found;
  }

  private async lastGood(file: PolicyFile, told: Problem): Promise<Layer> {
    const layer = await this.version(file);
    return { documents: layer.documents, problems: [told, ...layer.problems] };
  }

  private async newestThatParses(which: 'organization' | 'repository'): Promise<PolicyFile | null> {
    for (const file of await this.library.history(which)) {
      if ((await this.version(file)).documents.length > 0) {
        await this.library.keepGoodPolicy(file);
        return file;
      }
    }
    return null;
  }
}

function withRef(source: string, { ref }: Reference): string {
  return ref === null ? source : `${source}@${ref}`;
}

function notice(file: PolicyFile, message: string): Problem {
  const hint = `The version of commit ${file.commit ?? 'unknown'} stays in force until the file can be read.`;
  return { source: file.source, line: 1, column: 1, path: '', severity: 'notice', message, hint };
}

function unreadable(file: PolicyFile, document: Document, reference: Reference, reason: string): Problem {
  const message = `"${referenceText(reference)}" could not be used: ${reason}.`;
  const hint = 'Name a public repository, or one whose own policy names this reader, and a file that exists there.';
  const { line, column } = document.extends ?? { line: 1, column: 1 };
  return { source: file.source, line, column, path: 'extends', severity: 'error', message, hint };
}
