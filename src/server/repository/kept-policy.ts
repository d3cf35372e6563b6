/** The documents of a policy as they were last read: the file, and what it extends. */
import { parse, references, type Document } from '../../policy/parse.ts';
import type { LayerKind, PolicyFile, Presets } from '../../policy/policy.ts';
import { referenceText } from '../../policy/reference.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { Store } from '../../store/store.ts';

export interface KeptPolicyPorts {
  readonly store: Pick<Store, 'goodPolicy'>;
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
}

const MAX_EXTENDS = 5;

/** Lowest first, called as people call them; none where no version of the file is kept. What is not kept of what it extends is left out. */
export async function keptPolicy(
  source: string,
  layer: Extract<LayerKind, 'organization' | 'repository'>,
  { store, rules, presets }: KeptPolicyPorts,
): Promise<readonly Document[]> {
  const documents: Document[] = [];
  const own = await store.goodPolicy(source);
  let next: PolicyFile | null = own && { ...own, layer };
  for (let depth = 0; next && depth <= MAX_EXTENDS; depth += 1) {
    const { document } = parse(next, rules, presets);
    if (!document) break;
    documents.unshift(document);
    const reference = references(document);
    if (!reference) break;
    const key = `${source} extends ${referenceText(reference)}`;
    const [shared, name] = [await store.goodPolicy(key), await store.goodPolicy(`${key} as`)];
    next = shared && { ...shared, layer: 'shared', source: name?.text ?? referenceText(reference) };
  }
  return documents;
}
