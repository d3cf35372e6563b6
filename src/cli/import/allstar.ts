/** Files of Allstar, an organization's or a repository's, as decisions. All of them are read together. */
import type { Path } from '../../policy/positions.ts';
import { levelOf, SCORECARD, type Asks } from './allstar-files.ts';
import { asked, type Unit } from './allstar-groups.ts';
import { saidOf } from './allstar-said.ts';
import { readAllstarFile, type AllstarText } from './allstar-text.ts';
import { becomes, lineIn, placed, type Decision, type Draft, type Foreign, type Reading } from './decision.ts';

/** Decisions of all files, or everything that is wrong with them. */
export function readAllstar(files: readonly Foreign[], layer: 'organization' | 'repository'): Reading {
  const read = files.map(readAllstarFile);
  const faults = read.flatMap((one) => ('faults' in one ? one.faults : []));
  if (faults.length > 0) return { faults };
  const texts = read.flatMap((one) => ('faults' in one ? [] : [one]));
  const said = texts.flatMap((one) => placed(saidOf(one, layer), one.source, lineIn(one.positions)));
  return { decisions: [...(layer === 'repository' ? ofRepository(texts) : asked(texts, unitsOf)), ...said] };
}

/** What a file asks for, as Steward's rules ask it. */
function unitsOf(text: AllstarText): readonly Unit[] {
  const { kind, written } = text;
  const unit = (asks: Asks, path: Path, what: string): Unit => ({ text, asks, path, found: what });
  if (kind.name === 'codeowners')
    return written.requireCODEOWNERS === true && kind.asks
      ? [unit(kind.asks, ['requireCODEOWNERS'], 'requireCODEOWNERS: true')]
      : [];
  if (kind.name !== 'scorecard') return kind.asks ? [unit(kind.asks, [], `The policy ${kind.name}`)] : [];
  return (written.checks ?? []).flatMap((check, index) => {
    const asks = Object.hasOwn(SCORECARD, check) ? SCORECARD[check] : undefined;
    return asks ? [unit(asks, ['checks', index], `checks: ${check}`)] : [];
  });
}

/** What a repository's own files say: its organization decides whether they may. */
function ofRepository(texts: readonly AllstarText[]): readonly Decision[] {
  return texts.flatMap((text) => {
    const { optIn, optOut } = text.written.optConfig;
    const drafts = unitsOf(text).flatMap(({ asks, found: what, path }): readonly Draft[] => {
      const enforce = `rules.${asks.rule}.enforce`;
      if (optOut === true)
        return [
          becomes('optConfig.optOut: true', enforce, 'off', 'holds where the organization lets it (mayLoosen).', [
            'optConfig',
            'optOut',
          ]),
        ];
      const action = levelOf(text.written.action);
      const says = optIn === true ? 'the repository asks for it.' : 'the repository sets how firmly.';
      return [
        becomes(what, enforce, action, says, path),
        ...(asks.file === null ? [] : [becomes(what, `rules.${asks.rule}.files`, [asks.file], 'is asked for.', path)]),
      ];
    });
    return placed(drafts, text.source, lineIn(text.positions));
  });
}
