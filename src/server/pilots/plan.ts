/** The pilots of an account, as the last good version of its policy names them. */
import { topOf } from '../../policy/governed.ts';
import type { Lifecycle, Pilot } from '../../policy/managed.ts';
import { parse, references, type Document } from '../../policy/parse.ts';
import type { PolicyFile, Presets } from '../../policy/policy.ts';
import { POLICY_PATH, referenceText } from '../../policy/reference.ts';
import { withPresets } from '../../policy/stack.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { Store } from '../../store/store.ts';

export interface Plan {
  /** As GitHub spells it. */
  readonly owner: string;
  readonly pilots: readonly Pilot[];
  readonly lifecycle: Lifecycle | null;
}

export interface PlanPorts {
  readonly store: Pick<Store, 'installation' | 'goodPolicy'>;
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
}

const MAX_EXTENDS = 5;

/** What the policy of an account plans; null: no policy of it is kept. The nearest file that names pilots, or stages, decides. */
export async function planOf(name: string, ports: PlanPorts): Promise<Plan | null> {
  const owner = (await ports.store.installation(name))?.owner ?? name;
  const source = `${owner}/.github:${POLICY_PATH}`;
  const documents = await documentsOf(source, ports);
  if (documents.length === 0) return null;
  const { pilots, lifecycle } = topOf(withPresets(documents, ports.rules, ports.presets).documents);
  return { owner, pilots: pilots?.value ?? [], lifecycle: lifecycle?.value ?? null };
}

/** The file and what it extends, as it was last read for it; lowest first. */
async function documentsOf(source: string, { store, rules, presets }: PlanPorts): Promise<readonly Document[]> {
  const documents: Document[] = [];
  let next: PolicyFile | null = await store.goodPolicy(source);
  for (let depth = 0; next && depth <= MAX_EXTENDS; depth += 1) {
    const { document } = parse(next, rules, presets);
    if (!document) break;
    documents.unshift(document);
    const reference = references(document);
    next = reference && (await store.goodPolicy(`${source} extends ${referenceText(reference)}`));
  }
  return documents;
}
