/** Groups of one tool take nothing away that another tool asks of every repository: the firmer wins. */
import { LEVELS } from '../../policy/policy.ts';
import type { Decision, Setting } from './decision.ts';

const GROUPED = /^groups\.([^.]+)\.rules\.([^.]+)\.(enforce|files)$/;

/** Decisions of one tool, its groups widened by what the decisions of the others ask everywhere. */
export function beside(own: readonly Decision[], others: readonly Decision[]): readonly Decision[] {
  const files = (rule: string): readonly unknown[] => [
    ...new Set(valuesOf(others, `rules.${rule}.files`).flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []))),
  ];
  return own.flatMap((decision): readonly Decision[] => {
    const [, group = '', rule = '', key] = GROUPED.exec(decision.set?.key ?? '') ?? [];
    const levels = valuesOf(others, `rules.${rule}.enforce`);
    if (decision.set === null || key === undefined || levels.length === 0) return [decision];
    const { value } = decision.set;
    if (key === 'files') return [withValue(decision, [...new Set([...(value as readonly unknown[]), ...files(rule)])])];
    const firm = LEVELS.findLast((level) => level === value || levels.includes(level)) ?? value;
    const asks = withValue(decision, firm);
    if (value !== 'off' || files(rule).length === 0) return [asks];
    return [asks, { ...asks, set: { key: `groups.${group}.rules.${rule}.files`, value: files(rule) } }];
  });
}

function withValue(decision: Decision, value: unknown): Decision {
  const before = decision.set;
  if (before === null || JSON.stringify(before.value) === JSON.stringify(value)) return decision;
  const says = `${decision.says} Another file asks this of every repository, and the firmer is kept.`;
  return { ...decision, says, set: { key: before.key, value } satisfies Setting };
}

function valuesOf(decisions: readonly Decision[], key: string): readonly unknown[] {
  return decisions.flatMap(({ set }) => (set?.key === key ? [set.value] : []));
}
