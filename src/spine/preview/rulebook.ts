/** The policies that two rulebooks give to a repository, resolved once for all repositories that both treat alike. Part of the spine. */
import { repositoryKey } from '../../facts/subject.ts';
import { alike, untoldIn, type Alike } from '../../policy/alike.ts';
import { needsProperties } from '../../policy/groups.ts';
import { inDoubt } from '../../policy/in-doubt.ts';
import type { Occasion, WaiverTerms } from '../../policy/managed.ts';
import { parse, references, type Document, type Reference } from '../../policy/parse.ts';
import { isHeldAlike, paired, type Both, type Pair } from '../../policy/pair.ts';
import { planned, type Planned } from '../../policy/planned.ts';
import type { LayerKind, PolicyFile, Presets } from '../../policy/policy.ts';
import { POLICY_PATH, referenceText } from '../../policy/reference.ts';
import { resolve } from '../../policy/resolve.ts';
import { waiversInForce } from '../../policy/waivers/in-force.ts';
import type { Waivers } from '../../policy/waivers/waiver.ts';
import type { Memory } from '../ports.ts';
import type { AnyRule } from '../../rules/rule.ts';

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
  /** False: there is none, whatever was read last; left out: not known. */
  readonly hasOwnPolicy?: boolean;
}

/** The policies of a place, with the waivers of its account. */
export interface Ruled extends Pair {
  readonly waivers: Both<Waivers>;
}

export interface RuledNow extends Ruled {
  /** Groups and pilots, as `group NAME`, that decide what the change does here, and of which it cannot be told whether they hold. */
  readonly inDoubt: readonly string[];
}

/** What holds at a place later, by what is planned. */
export interface Ahead {
  readonly pair: Ruled;
  /** When it begins to hold, ISO 8601; null: when the repository is not new any more. */
  readonly from: string | null;
}

export interface RulebookPorts {
  readonly memory: Pick<Memory, 'goodPolicy' | 'lastWaivers'>;
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
  readonly waiversBy: WaiversBy;
}

/** The waivers in force of an account, by the terms of each version. */
type WaiversBy = (terms: Both<WaiverTerms>, now: Date) => Both<Waivers>;

const NO_FILE: Chain = { name: '', before: [], after: [] };
const MAX_EXTENDS = 5;
/** Before GitHub was there. */
const LONG_AGO = '1970-01-01T00:00:00Z';
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
  private readonly pairs = new Map<string, RuledNow>();
  private readonly waivers = new Map<string, Promise<WaiversBy>>();
  private readonly coming = new Map<string, readonly Ahead[]>();

  constructor(owner: string, books: Both<Rulebook>, ports: RulebookPorts) {
    this.owner = owner;
    this.books = books;
    this.ports = ports;
  }

  /** The policies in force at a place, by the last good version of its own file. */
  async at(place: Place, occasion: Occasion): Promise<RuledNow> {
    const family = await this.family(place, occasion);
    const key = keyOf(family, occasion);
    const pair = this.pairs.get(key) ?? this.now(family, occasion);
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

  /** Whether custom properties decide anything in an account, under either version. */
  async goesByProperties(owner: string): Promise<boolean> {
    const { before, after } = await this.organization(owner);
    return needsProperties(before) || needsProperties(after);
  }

  private now(family: Family, occasion: Occasion): RuledNow {
    const { rules, presets } = this.ports;
    const pair = this.pair(family, occasion);
    const untold = [family.before, family.after].flatMap((some) => untoldIn(some, rules, presets, occasion));
    const suppose = (supposed: readonly string[]): readonly Ruled[] => {
      const present = this.pair(family, { ...occasion, supposed });
      const ahead = this.aheadOf(family, withoutAge({ ...occasion, supposed }), family.planned.hasGrace, present);
      return [present, ...ahead.map((one) => one.pair)];
    };
    return { ...pair, inDoubt: inDoubt(untold, suppose) };
  }

  private aheadOf(family: Family, grown: Occasion, isNew: boolean, present: Ruled): readonly Ahead[] {
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
    const own = isPolicyHome || place.hasOwnPolicy === false ? NO_FILE : await this.own(place);
    const name = `${place.owner.toLowerCase()} ${own.name}`;
    const family = this.families.get(name) ?? this.familyOf(name, [organization, own], now, await this.waiversOf(place.owner));
    remember(this.families, name, family);
    return family;
  }

  private familyOf(name: string, chains: readonly Chain[], now: Date, waiversBy: WaiversBy): Family {
    const { rules, presets } = this.ports;
    const [before, after] = [chains.flatMap((chain) => chain.before), chains.flatMap((chain) => chain.after)];
    const kin = { before: alike(before, rules, presets), after: alike(after, rules, presets) };
    return { name, before, after, kin, planned: planned([...before, ...after], now), waiversBy };
  }

  /** Options that are equal in an earlier pair are the same object as there. */
  private pair({ before, after, waiversBy }: Family, occasion: Occasion, earlier?: Pair): Ruled {
    const { rules, presets } = this.ports;
    const policies = {
      before: resolve(before, rules, presets, occasion).policy,
      after: resolve(after, rules, presets, occasion).policy,
    };
    const waivers = waiversBy({ before: policies.before.waivers, after: policies.after.waivers }, occasion.now);
    return { ...paired(policies, waivers, rules, earlier), waivers };
  }

  /** Its own are those of the rulebooks, those of other accounts as they were kept last. */
  private waiversOf(owner: string): Promise<WaiversBy> {
    const key = owner.toLowerCase();
    const { before, after } = this.books;
    const isOwn = key === this.owner.toLowerCase();
    const asked =
      this.waivers.get(key) ??
      (isOwn ? Promise.resolve(() => ({ before: before.waivers, after: after.waivers })) : this.keptWaivers(owner));
    this.waivers.set(key, asked);
    return asked;
  }

  private async keptWaivers(owner: string): Promise<WaiversBy> {
    const { memory, rules } = this.ports;
    const kept = await memory.lastWaivers(`${owner}/.github`);
    return (terms, now) => ({
      before: waiversInForce(kept, terms.before, rules, now),
      after: waiversInForce(kept, terms.after, rules, now),
    });
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
  return { ...occasion, traits: traits && { ...traits, createdAt: LONG_AGO } };
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
