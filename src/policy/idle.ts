/** Notices of what a policy says without effect: nothing says how firmly a rule is held, or its options lead to nothing. */
import { pathTo, placeText, type Held, type HeldRule } from './held.ts';
import type { AnyRule } from '../rules/rule.ts';
import { asks } from './certification.ts';
import type { Document } from './document.ts';
import type { Layer } from './groups.ts';
import { references } from './parse.ts';
import type { Certification, Problem, RuleSetting } from './policy.ts';

/** What a policy amounts to, before its defaults are filled in. */
interface Merged {
  readonly rules: ReadonlyMap<string, HeldRule>;
  readonly certification: Held<Certification> | null;
}

/** The notices, each at the key that has no effect. None where a file below is not at hand: it may say how firmly. */
export function idle(
  layers: readonly Layer[],
  documents: readonly Document[],
  merged: Merged,
  rules: readonly AnyRule[],
): readonly Problem[] {
  if (documents.some(lacksBase)) return [];
  const { certification } = merged;
  const asked = certification ? asks(certification.value) : [];
  const known = new Set(rules.map(({ id }) => id));
  const unheld = asked.filter((id) => known.has(id) && !isHeld(id, merged) && !isComing(id, merged));
  const silent = layers.flatMap((layer) => silentRules(layer, merged, rules, unheld));
  return [...unheld.map((id) => unheldNotice(id, merged)), ...silent];
}

/** What the rules that are asked remark on their options, each at the option, or at what asks for the rule. */
export function remarked(
  documents: readonly Document[],
  merged: Merged,
  settings: Readonly<Record<string, RuleSetting>>,
  rules: readonly AnyRule[],
  now: Date | null,
): readonly Problem[] {
  if (documents.some(lacksBase)) return [];
  return rules.flatMap((rule) => {
    const [setting, held] = [settings[rule.id], merged.rules.get(rule.id)];
    if (!setting || !rule.remarks || !isHeld(rule.id, merged) || !isAsked(rule.id, merged)) return [];
    return rule.remarks(setting.options, now).map(({ option, message, hint }): Problem => {
      const at = held?.options.get(option) ?? held?.enforce;
      const { source = '', line = 1 } = at?.origin ?? {};
      const path = pathTo(at, `rules.${rule.id}.${option}`);
      return { source, line: line ?? 1, column: at?.column ?? 1, path, severity: 'notice', message, hint };
    });
  });
}

/** A rule that certifies is asked for by the certification, where there is one. */
function isAsked(id: string, { certification }: Merged): boolean {
  return !certification || !asks('both').includes(id) || asks(certification.value).includes(id);
}

/** Whether what a document extends is not at hand. */
export function lacksBase(document: Document, index: number, documents: readonly Document[]): boolean {
  return references(document) !== null && documents[index - 1]?.file.layer !== 'shared';
}

function isHeld(id: string, { rules }: Merged): boolean {
  return (rules.get(id)?.enforce?.value ?? 'off') !== 'off';
}

/** Whether a roll-out says that it will be held. */
function isComing(id: string, { rules }: Merged): boolean {
  return (rules.get(id)?.reached?.aim ?? 'off') !== 'off';
}

function unheldNotice(id: string, { certification, rules }: Merged): Problem {
  const off = rules.get(id)?.enforce ?? null;
  const why = off ? `it is off (${placeText(off.origin)})` : 'nothing says how firmly';
  return {
    source: certification?.origin.source ?? '',
    line: certification?.origin.line ?? 1,
    column: certification?.column ?? 1,
    path: 'certification',
    severity: 'notice',
    message: `"${certification?.value ?? ''}" asks for the rule "${id}", but ${why}, so it is not asked.`,
    hint: `Write "enforce: warn" or "enforce: block" for "${id}" below "rules:".`,
  };
}

/** Rules that a file writes something for while no file says how firmly they are held; `told`: those told of already. */
function silentRules(
  { document: { file, rules: written }, group }: Layer,
  { rules: held }: Merged,
  rules: readonly AnyRule[],
  told: readonly string[],
): readonly Problem[] {
  if (!['organization', 'group', 'repository'].includes(file.layer)) return [];
  const within = group ? `groups[${group.index}].` : '';
  const isRead = (id: string): boolean => rules.some((rule) => rule.inherits === id && held.get(rule.id)?.enforce);
  return Object.entries(written).flatMap(([id, { enforce, rollout, line, column }]) => {
    const isSaid = held.get(id)?.enforce ?? held.get(id)?.reached;
    if (enforce || rollout || isSaid || told.includes(id) || isRead(id)) return [];
    const message = `Nothing says how firmly "${id}" is held, so it is not asked, and what stands here has no effect.`;
    const hint = 'Write "enforce: observe", "enforce: warn" or "enforce: block" below it.';
    return [{ source: file.source, line, column, path: `${within}rules.${id}`, severity: 'notice', message, hint }];
  });
}
