/** The policies that two rulebooks give to a repository, resolved once for all repositories that both treat alike. Part of the spine. */
import { repositoryKey } from './facts/subject.ts';
import { alike, type Alike } from './policy/alike.ts';
import type { Occasion } from './policy/managed.ts';
import { parse, references, type Document, type Reference } from './policy/parse.ts';
import { isHeldAlike, paired, type Both, type Pair } from './policy/pair.ts';
import { planned, type Planned } from './policy/planned.ts';
import type { LayerKind, PolicyFile, Presets } from './policy/policy.ts';
import { POLICY_PATH, referenceText } from './policy/reference.ts';
import { resolve } from './policy/resolve.ts';
import type { Waivers } from './policy/waivers/waiver.ts';
import type { Memory } from './ports.ts';
import type { AnyRule } from './rules/rule.ts';

/** A version of an organization's policy, with its waivers. */
export interface Rulebook {
  /** The organization's documents, lowest first; empty: there is no policy. */
  readonly documents: readonly Document[];
  /** Git id of the policy file; null: there is none. */
  readonly oid: string | null;
  readonly waivers: Waivers;
}

export interface Place {
  readonly owner: string;
  readonly repo: string;
  /** The branch of the repository's own file; null: the default branch. */
  readonly branch: string | null;
}

/** What holds at a place later, by what is planned. */
export interface Ahead {
  readonly pair: Pair;
  /** When it begins to hold, ISO 8601; null: when the repository is not new any more. */
  readonly from: string | null;
}

export interface RulebookPorts {
  readonly memory: Pick<Memory, 'goodPolicy'>;
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
}

/** The documents of a file under both rulebooks, and a name that is equal for equal ones. */
interface Chain {
  readonly name: string;
  readonly before: readonly Document[];
  readonly after: readonly Document[];
}

/** Documents that stand on each other, with what was told from them. */
interface Family {
  readonly name: string;
  readonly before: readonly Document[];
  readonly after: readonly Document[];
  readonly kin: Both<Alike>;
  readonly planned: Planned;
}

const NO_FILE: Chain = { name: '', before: [], after: [] };
const MAX_EXTENDS = 5;
/** So many are remembered: a pair is some ten kilobytes. */
const MOST_REMEMBERED = 500;

/** `OWNER/REPO:PATH` of an organization's policy. */
export function policySource(owner: string): string {
  return `${owner}/.github:${POLICY_PATH}`;
}

/** Finds the policies of repositories under two versions of the policy of `owner`. */
export class Rulebooks {
  private readonly owner: string;
  private readonly books: Both<Rulebook>;
  private readonly ports: RulebookPorts;
  private readonly parsed = new Map<string, { readonly name: string; readonly document: Document | null }>();
  private readonly organizations = new Map<string, Promise<Chain>>();
  private readonly chains = new Map<string, Chain>();
  private readonly families = new Map<string, Family>();
  private readonly pairs = new Map<string, Pair>();
  private readonly coming = new Map<string, readonly Ahead[]>();

  constructor(owner: string, books: Both<Rulebook>, ports: RulebookPorts) {
    this.owner = owner;
    this.books = books;
    this.ports = ports;
  }

  /** The policies in force at a place, by the last good version of its own file. */
  async at(place: Place, occasion: Occasion): Promise<Pair> {
    const family = await this.family(place, occasion);
    const key = keyOf(family, occasion);
    const pair = this.pairs.get(key) ?? this.pair(family, occasion);
    remember(this.pairs, key, pair);
    return pair;
  }

  /** What is planned to hold there, in the order of time, where it differs from what holds before: by roll-outs, and without grace. */
  async ahead(place: Place, occasion: Occasion): Promise<readonly Ahead[]> {
    const family = await this.family(place, occasion);
    const { moments, hasGrace } = family.planned;
    if (moments.length === 0 && !hasGrace) return [];
    const grown = withoutAge(occasion);
    const name = keyOf(family, grown);
    const isNew = hasGrace && name !== keyOf(family, occasion);
    const key = `${name} ${isNew}`;
    const ahead = this.coming.get(key) ?? this.aheadOf(family, grown, isNew, await this.at(place, occasion));
    remember(this.coming, key, ahead);
    return ahead;
  }

  private aheadOf(family: Family, grown: Occasion, isNew: boolean, present: Pair): readonly Ahead[] {
    const { moments } = family.planned;
    const times = [...(isNew ? [grown.now] : []), ...moments.map((moment) => new Date(moment))];
    const found: Ahead[] = [];
    for (const now of times) {
      const pair = this.pair(family, { ...grown, now }, present);
      const isKnown = [present, ...found.map((one) => one.pair)].some((one) => isHeldAlike(one, pair));
      if (!isKnown) found.push({ pair, from: isNew ? null : now.toISOString() });
    }
    return found;
  }

  private async family(place: Place, { now }: Occasion): Promise<Family> {
    const organization = await this.organization(place.owner);
    const isPolicyHome = repositoryKey(place) === `${place.owner}/.github`.toLowerCase();
    const own = isPolicyHome ? NO_FILE : await this.own(place);
    const name = `${place.owner.toLowerCase()} ${own.name}`;
    const family = this.families.get(name) ?? this.familyOf(name, [organization, own], now);
    remember(this.families, name, family);
    return family;
  }

  private familyOf(name: string, chains: readonly Chain[], now: Date): Family {
    const { rules, presets } = this.ports;
    const [before, after] = [chains.flatMap((chain) => chain.before), chains.flatMap((chain) => chain.after)];
    const kin = { before: alike(before, rules, presets), after: alike(after, rules, presets) };
    return { name, before, after, kin, planned: planned([...before, ...after], now) };
  }

  /** Options that are equal in an earlier pair are the same object as there. */
  private pair({ before, after }: Family, occasion: Occasion, earlier?: Pair): Pair {
    const { rules, presets } = this.ports;
    const waivers = { before: this.books.before.waivers, after: this.books.after.waivers };
    const policies = {
      before: resolve(before, rules, presets, occasion).policy,
      after: resolve(after, rules, presets, occasion).policy,
    };
    return paired(policies, waivers, rules, earlier);
  }

  private organization(owner: string): Promise<Chain> {
    const key = owner.toLowerCase();
    const { before, after } = this.books;
    const isOwn = key === this.owner.toLowerCase();
    const chain =
      this.organizations.get(key) ??
      (isOwn
        ? Promise.resolve({ name: '', before: before.documents, after: after.documents })
        : this.chain(policySource(owner), policySource(owner), 'organization'));
    this.organizations.set(key, chain);
    return chain;
  }

  private async own({ owner, repo, branch }: Place): Promise<Chain> {
    const source = `${owner}/${repo}:${POLICY_PATH}`;
    const key = branch === null ? source : `${source}@${branch}`;
    // A repository comes again after its pull requests.
    const chain = this.chains.get(key) ?? (await this.chain(key, source, 'repository'));
    this.chains.set(key, chain);
    return chain;
  }

  /** The last good version of a file and of what it extends, as its reader last read it; the changed file stands in both versions. */
  private async chain(key: string, source: string, layer: LayerKind): Promise<Chain> {
    let file = await this.ports.memory.goodPolicy(key);
    const names: string[] = [];
    const documents: Document[] = [];
    for (let depth = 0; file && depth <= MAX_EXTENDS; depth += 1) {
      const { name, document } = this.read({ ...file, layer: depth === 0 ? layer : 'shared' });
      if (!document) return NO_FILE;
      names.push(name);
      documents.unshift(document);
      const reference = references(document);
      if (!reference) break;
      const kept = await this.ports.memory.goodPolicy(`${source} extends ${referenceText(reference)}`);
      if (this.isChanged(reference)) return this.changed(names, documents, kept);
      file = kept;
    }
    return { name: names.join(), before: documents, after: documents };
  }

  /** What stands on the changed file. Where a version of it is missing, its readers keep the last good one. */
  private changed(names: readonly string[], documents: readonly Document[], kept: PolicyFile | null): Chain {
    const last = kept ? this.read({ ...kept, layer: 'shared' }).document : null;
    const below = ({ documents: base }: Rulebook): readonly Document[] =>
      base.length > 0 ? base.map(asShared) : last ? [last] : [];
    const { before, after } = this.books;
    return {
      name: [...names, 'changed'].join(),
      before: [...below(before), ...documents],
      after: [...below(after), ...documents],
    };
  }

  /** Only the default branch moves by itself. */
  private isChanged({ owner, repo, path, ref }: Reference): boolean {
    return ref === null && `${owner}/${repo}:${path}`.toLowerCase() === policySource(this.owner).toLowerCase();
  }

  private read(file: PolicyFile): { readonly name: string; readonly document: Document | null } {
    const key = `${file.layer} ${file.text}`;
    const { rules, presets } = this.ports;
    const read = this.parsed.get(key) ?? { name: String(this.parsed.size), document: parse(file, rules, presets).document };
    this.parsed.set(key, read);
    return read;
  }
}

function keyOf({ name, kin }: Family, occasion: Occasion): string {
  return `${name} ${kin.before(occasion)} ${kin.after(occasion)}`;
}

/** As if the repository were not new. */
function withoutAge({ traits, ...occasion }: Occasion): Occasion {
  if (traits === null) return { ...occasion, traits };
  const { createdAt: _, ...ageless } = traits;
  return { ...occasion, traits: ageless };
}

/** The oldest goes first; one that is asked for again is young again. */
function remember<T>(known: Map<string, T>, key: string, value: T): void {
  known.delete(key);
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
}

function asShared(document: Document): Document {
  const { file } = document;
  return file.layer === 'organization' ? { ...document, file: { ...file, layer: 'shared' } } : document;
}
