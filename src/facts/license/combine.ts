/** Makes one SPDX expression of all that was found in a text. */
import type { Match } from './detection.ts';

/** The texts that offer a choice say so in words of their own. */
const CHOICE =
  /\b(?:dual[- ]?licen[sc]ed|at your (?:option|choice)|your choice of|either of|either .{1,80} or |under either|one of the following licen[sc]es|triple[- ]?licen[sc]ed|disjunctive)/i;

export interface Combined {
  readonly expression: string | null;
  /** The matches, with the id that is meant where another match says it. */
  readonly matches: readonly Match[];
}

/** `own` is the text without the license texts in it. Null: there is nothing to combine. */
export function combine(matches: readonly Match[], own: string): Combined {
  const kept = settle(matches);
  const expressions = [...new Set(kept.filter(({ kind }) => counts(kind, kept)).map(({ expression }) => expression))];
  const all = withoutParts(expressions);
  if (all.length === 0) return { expression: null, matches: kept };
  return { expression: all.join(CHOICE.test(own) ? ' OR ' : ' AND '), matches: kept };
}

/** A name says little where a text, a header or a tag says it in full. */
function counts(kind: Match['kind'], all: readonly Match[]): boolean {
  return kind !== 'name' || all.every((one) => one.kind === 'name');
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
