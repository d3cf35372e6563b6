/** What follows for a verdict from what people said and what came of it. */
import { sentenceIn } from '../facts/sentences.ts';
import { OVERRIDERS, type Policy } from '../policy/policy.ts';
import { readCommand } from './command.ts';
import type { Decision, Said } from './said.ts';
import type { Override, Refused, Verdict } from './verdict.ts';

type Decided = Said & { readonly decision: Decision };

/** More refusals than this are not told at once. */
const MOST = 5;
const LONGEST = 200;

/** The overrides that were accepted, as far as the policy in force still takes the word of those who gave them. */
export function overridesOf(said: readonly Decided[], { mayOverride }: Pick<Policy, 'mayOverride'>): readonly Override[] {
  return said.flatMap(({ kind, text, login, accountId, at, url, decision }) => {
    if (kind !== 'command' || decision.outcome !== 'accepted') return [];
    const command = readCommand(text);
    const { permission, covers } = decision;
    if (command.kind !== 'override' || permission === null || !isEnough(permission, mayOverride)) return [];
    return [{ rule: command.rule, by: { login, accountId }, permission, reason: command.reason, at, url, covers }];
  });
}

/** Whether a role is the wanted one or includes it. */
export function isEnough(role: string, wanted: Policy['mayOverride']): boolean {
  const rank = OVERRIDERS.findIndex((one) => one !== 'nobody' && one === role);
  return rank > 0 && rank <= OVERRIDERS.indexOf(wanted);
}

/** Whether somebody pressed the button on the commit that shows how a rule is overridden. */
export function helpOf(said: readonly Decided[]): 'override' | null {
  const isPressed = said.some(
    ({ kind, text, decision }) => kind === 'action' && text === 'override' && decision.outcome === 'accepted',
  );
  return isPressed ? 'override' : null;
}

/** What was not followed: now, or while the same commit stood. Whoever is followed now is not reminded of what was refused before. */
export function refusedOf(fresh: readonly Decided[], before: Pick<Verdict, 'refused'> | null): readonly Refused[] {
  const told = fresh.flatMap(({ login, text, decision: { outcome, reason } }): readonly Refused[] =>
    outcome === 'refused' && reason !== null ? [{ login, text: cut(text), reason }] : [],
  );
  const followed = new Set(fresh.flatMap(({ login, decision }) => (decision.outcome === 'accepted' ? [login] : [])));
  const earlier = (before?.refused ?? []).filter(({ login }) => !followed.has(login));
  const distinct = new Map([...earlier, ...told].map((refused) => [JSON.stringify(refused), refused]));
  return [...distinct.values()].slice(-MOST);
}

/** Account ids of those whose signature was taken now. */
export function signedBy(fresh: readonly Decided[]): readonly number[] {
  const signing = fresh.filter(
    ({ kind, text, decision }) =>
      kind === 'sentence' && decision.outcome === 'accepted' && sentenceIn(text)?.kind === 'signature',
  );
  return [...new Set(signing.map(({ accountId }) => accountId))];
}

function cut(text: string): string {
  const characters = Array.from(text.slice(0, 2 * LONGEST));
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : characters.join('');
}
