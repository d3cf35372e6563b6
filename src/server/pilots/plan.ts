/** The pilots of an account, as the last good version of its policy names them. */
import { topOf } from '../../policy/governed.ts';
import type { Lifecycle, Pilot } from '../../policy/managed.ts';
import { POLICY_PATH } from '../../policy/reference.ts';
import { withPresets } from '../../policy/stack.ts';
import type { Store } from '../../store/store.ts';
import { keptPolicy, type KeptPolicyPorts } from '../repository/kept-policy.ts';

export interface Plan {
  /** As GitHub spells it. */
  readonly owner: string;
  readonly pilots: readonly Pilot[];
  readonly lifecycle: Lifecycle | null;
}

export interface PlanPorts extends KeptPolicyPorts {
  readonly store: KeptPolicyPorts['store'] & Pick<Store, 'installation'>;
}

/** What the policy of an account plans; null: no policy of it is kept. The nearest file that names pilots, or stages, decides. */
export async function planOf(name: string, ports: PlanPorts): Promise<Plan | null> {
  const owner = (await ports.store.installation(name))?.owner ?? name;
  const source = `${owner}/.github:${POLICY_PATH}`;
  const documents = await keptPolicy(source, 'organization', ports);
  if (documents.length === 0) return null;
  const { pilots, lifecycle } = topOf(withPresets(documents, ports.rules, ports.presets).documents);
  return { owner, pilots: pilots?.value ?? [], lifecycle: lifecycle?.value ?? null };
}
