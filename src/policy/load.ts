/** Loads one layer of the policy: the file with what it extends, or its last good version where it cannot be used. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { AnyRule } from '../rules/rule.ts';
import { notice, notInForce, stale, unread, unreadable } from './layer-problems.ts';
import type { Library, PolicyFiles } from './library.ts';
import { parse, references, type Document, type Reference } from './parse.ts';
import type { PolicyFile, Presets, Problem } from './policy.ts';
import { referenceText } from './reference.ts';

/** A layer that can be used: its document and the shared ones below it, lowest first. */
export interface Layer {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
}

/** A shared policy; `lost`: why it is as it was read last, null: it is as it is now. */
interface Shared {
  readonly file: PolicyFile;
  readonly lost: string | null;
}

const GOOD = 'good';
const NO_LAYER: Layer = { documents: [], problems: [] };
const MAX_EXTENDS = 5;
const TOO_MANY = unknown(`more than ${MAX_EXTENDS} policies extend one another, or they form a circle`);

/** Loads layers; every question to the library is awaited in turn, most policies need none. */
export class Loader {
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

  /** The repository's layer; the policy repository has none beside the organization's. */
  async repository({ own, repositorySource, repository }: PolicyFiles): Promise<Layer> {
    return own === 'organization' ? NO_LAYER : this.current('repository', repositorySource, repository);
  }

  async current(which: 'organization' | 'repository', source: string, answer: Answer<PolicyFile | null>): Promise<Layer> {
    if (!answer.known) {
      const good = await this.library.goodPolicy(source);
      if (!good) throw new Error(`The policy ${source} could not be read: ${answer.reason}`);
      return this.lastGood(good, notice(good, `The policy could not be read just now: ${answer.reason}.`));
    }
    if (answer.value === null) return this.none(source);
    const file = answer.value;
    const layer = await this.version(file);
    if (layer.documents.length > 0) {
      const good = await this.library.goodPolicy(source);
      const isNew = which === 'organization' && good !== null && good.text !== file.text;
      const admitted = isNew ? await this.admitted(file, layer, good) : GOOD;
      if (typeof admitted !== 'string') return admitted;
      const isKept = good?.oid === file.oid && good.text === file.text;
      if (admitted === 'good' && !isKept) await this.library.keepGoodPolicy(file);
      return layer;
    }
    const good = (await this.library.goodPolicy(source)) ?? (await this.newestThatParses(which));
    const fallback = good ? await this.version(good) : NO_LAYER;
    return { documents: fallback.documents, problems: layer.problems };
  }

  /** There is no file: what was good of it before must not come back with the next one. */
  private async none(source: string): Promise<Layer> {
    if (this.library.forgetGoodPolicy && (await this.library.goodPolicy(source))) await this.library.forgetGoodPolicy(source);
    return NO_LAYER;
  }

  /** The last good version while a new one may not come into force yet; else what becomes of the new one. */
  private async admitted(file: PolicyFile, layer: Layer, good: PolicyFile): Promise<Layer | 'good' | 'admitted'> {
    if (!this.library.admits) return GOOD;
    const { documents: goodDocuments } = await this.version(good);
    if (goodDocuments.length === 0) return GOOD;
    const admitted = await this.library.admits({ file, documents: layer.documents, good, goodDocuments });
    if (admitted !== 'held' && admitted !== 'awaited') return admitted;
    return { documents: goodDocuments, problems: [notInForce(good, admitted)] };
  }

  /**
   * A proposal. A stranger's must not make Steward read other repositories, or other versions of a private policy: one that
   * extends what the file in force does not extend is only parsed. Nothing of it is remembered.
   */
  async proposed(file: PolicyFile, own: Layer): Promise<Layer> {
    const { document, problems } = parse(file, this.rules, this.presets);
    if (!document) return { documents: [], problems };
    const reference = references(document);
    if (reference && this.library.trustsProposal !== true && !isExtended(reference, own)) {
      return { documents: [], problems: [unread(file, document)] };
    }
    const forgetful = { ...this.library, keepGoodPolicy: () => Promise.resolve() };
    return new Loader(forgetful, this.rules, this.presets).version(file);
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
      // The file that is read is the one whose readers can mend it.
      const own = documents.at(-1) ?? parsed.document;
      const shared: Answer<Shared> = depth < MAX_EXTENDS ? await this.shared(file, reference) : TOO_MANY;
      if (!shared.known)
        return { documents: [], problems: [...problems, unreadable(own, reference, shared.reason, shared === TOO_MANY)] };
      if (shared.value.lost !== null) problems.push(stale(own, reference, shared.value.lost));
      next = shared.value.file;
    }
  }

  /**
   * A shared policy, or its last good version for this reader where it cannot be used now: whoever edits it must not be
   * able to unguard those who extend it. Its own problems are for its keepers; its text is not shown to readers.
   * Its name says the ref: who may write there decides what its agreements are worth.
   */
  private async shared(reader: PolicyFile, reference: Reference): Promise<Answer<Shared>> {
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
      return known({ file: { ...found.value, source }, lost: null });
    }
    const lost = found.known ? 'it has problems of its own, which its keepers see' : found.reason;
    if (good) return known({ file: { ...good, source: name?.text ?? referenceText(reference) }, lost });
    return unknown(lost);
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

/** The file in force extends the very same: another ref of a private one can hold what its keepers have not shown to anybody. */
function isExtended(reference: Reference, { documents }: Layer): boolean {
  const own = documents.at(-1);
  const base = own ? references(own) : null;
  return base !== null && keyOf(base) === keyOf(reference);
}

/** What GitHub takes for one: it tells apart by case what git does. */
function keyOf({ owner, repo, path, ref }: Reference): string {
  return JSON.stringify([owner.toLowerCase(), repo.toLowerCase(), path, ref]);
}

function withRef(source: string, { ref }: Reference): string {
  return ref === null ? source : `${source}@${ref}`;
}
