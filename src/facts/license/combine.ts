/** Makes one SPDX expression of all that was found in a text. */
import type { Match, Span } from './detection.ts';

/** No surer is who names a license without its version. */
const UNSURE = 0.6;

export interface Combined {
  readonly expression: string | null;
  /** The matches, with the id that is meant where another match says it. */
  readonly matches: readonly Match[];
}

/** `isChoice`: the text says that one of its licenses may be chosen. */
export function combine(matches: readonly Match[], isChoice: () => boolean): Combined {
  const kept = settle(withoutUnsure(matches));
  const expressions = [...new Set(kept.filter(({ kind }) => kind !== 'name').map(({ expression }) => expression))];
  const all = withoutParts(expressions);
  if (all.length === 0) return { expression: null, matches: kept };
  return { expression: all.join(all.length > 1 && isChoice() ? ' OR ' : ' AND '), matches: kept };
}

/** "The LGPL" beside the text of one of its versions, or beside a version that is said, means that one. */
function withoutUnsure(matches: readonly Match[]): readonly Match[] {
  const sure = new Set(matches.filter(({ kind, confidence }) => kind === 'text' || confidence > UNSURE).map(familyOf));
  return matches.map((match) =>
    match.kind === 'header' && match.confidence <= UNSURE && sure.has(familyOf(match)) ? { ...match, kind: 'name' } : match,
  );
}

function familyOf({ expression }: Match): string {
  return expression.replace(/-\d.*$/, '');
}

/** A header or a tag tells which of a text's ids is meant, and with which exception. */
function settle(matches: readonly Match[]): readonly Match[] {
  const claims = matches.filter(({ kind }) => kind === 'header' || kind === 'tag');
  return matches.map((match) => {
    if (match.kind !== 'text') return match;
    const claim = claims.find(
      ({ expression }) => match.ids.includes(baseOf(expression)) && (match.ids.length > 1 || expression.includes(' WITH ')),
    );
    return claim ? { ...match, expression: claim.expression, ids: [claim.expression] } : match;
  });
}

function baseOf(expression: string): string {
  return expression.split(' WITH ')[0] ?? expression;
}

/** The LGPL 3.0 is the GPL 3.0 with permissions added, and comes with its text. */
function withoutParts(expressions: readonly string[]): readonly string[] {
  const lesser = expressions.some((one) => one.startsWith('LGPL-3.0'));
  const withException = new Set(expressions.filter((one) => one.includes(' WITH ')).map(baseOf));
  return expressions.filter((one) => !(lesser && /^GPL-3\.0-/.test(one)) && !withException.has(one));
}

/** An exception goes with the last license text before it that it can go with, or else with the first one. */
export function excepted(
  matches: readonly Match[],
  exceptions: readonly { readonly id: string; readonly span: Span }[],
): readonly Match[] {
  return exceptions.reduce<readonly Match[]>((all, { id, span }) => {
    const family = /^(?:LLVM|Swift)-/.test(id) ? /^Apache-2\.0$/ : /^[AL]?GPL-/;
    const fits = all.filter((match) => match.kind === 'text' && family.test(match.expression));
    const one = fits.findLast((match) => match.span.start < span.start) ?? fits[0];
    // An expression has room for one exception, and notices like to name theirs twice.
    const isFree = one?.expression.includes(' WITH ') === false;
    return all.map((match) => (match === one && isFree ? { ...match, expression: `${match.expression} WITH ${id}` } : match));
  }, matches);
}
