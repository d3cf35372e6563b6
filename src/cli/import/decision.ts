/** What an import decided, one decision a line, and the policy that comes of it. */
import { visible } from '../../facts/words.ts';

/** A key of the policy, or an option of the rule `dco`. */
export type Key = 'checkName' | 'mayOverride' | 'certification' | `dco.${string}`;

export interface Decision {
  /** What stood in the file, or what the other tool does by itself. Foreign text. */
  readonly found: string;
  /** What it became and why; for a `todo` also what to do. */
  readonly says: string;
  /** Where it went; null: Steward has nothing that is the same. */
  readonly set: { readonly key: Key; readonly value: boolean | string | readonly (string | number)[] } | null;
  /** Somebody has to do something. */
  readonly isTodo: boolean;
}

/** A decision that sets a value. */
export function becomes(found: string, key: Key, value: NonNullable<Decision['set']>['value'], says: string): Decision {
  return { found, says, set: { key, value }, isTodo: false };
}

/** Something without an equivalent, and what to do about it. */
export function todo(found: string, says: string): Decision {
  return { found, says, set: null, isTodo: true };
}

/** The policy as YAML: above each line why it is there, below all what is left to do. */
export function policyText(source: string, decisions: readonly Decision[]): string {
  const at = (isRule: boolean): readonly string[] =>
    decisions
      .filter(({ set }) => set !== null && set.key.startsWith('dco.') === isRule)
      .flatMap((decision) => linesOf(decision, isRule ? '    ' : ''));
  const left = decisions.filter(({ set }) => set === null).map((decision) => comment(decision, '    '));
  return [
    `# What ${inLine(source)} said, as a policy of Steward. Read the comments, and remove them when you agree.`,
    ...at(false),
    'rules:',
    '  dco:',
    ...at(true),
    ...left,
    '',
  ].join('\n');
}

function linesOf(decision: Decision, indent: string): readonly string[] {
  if (decision.set === null) return [];
  const { key, value } = decision.set;
  return [comment(decision, indent), `${indent}${key.replace(/^dco\./, '')}: ${valueOf(value)}`];
}

function comment({ found, says, isTodo }: Decision, indent: string): string {
  return `${indent}# ${isTodo ? 'TODO ' : ''}${inLine(found)}: ${inLine(says)}`;
}

function valueOf(value: boolean | string | readonly (string | number)[]): string {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : `[${value.join(', ')}]`;
}

function inLine(text: string): string {
  const shown = visible(text);
  return shown.length > 300 ? `${shown.slice(0, 300)}…` : shown;
}
