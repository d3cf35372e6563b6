/** Groups and pilots whose names mean no repository: most often a name that was misspelled. */
import type { Document } from './document.ts';
import { pilotsOf } from './governed.ts';
import type { Where } from './managed.ts';
import type { Problem } from './policy.ts';
import { quoted } from './problem.ts';
import { matches } from './where.ts';

interface Place {
  readonly owner: string;
  readonly repo: string;
}

/** A notice for each group and pilot of the files that goes by names, where no repository of the list is called so; an empty list tells nothing. */
export function nobodyCalledSo(documents: readonly Document[], repositories: readonly Place[]): readonly Problem[] {
  if (repositories.length === 0) return [];
  const isNobody = ({ names }: Where): boolean =>
    names !== undefined && !repositories.some(({ owner, repo }) => matches({ names }, { owner, name: repo }, null) === true);
  return documents.flatMap((document): readonly Problem[] => {
    const { source } = document.file;
    const groups = document.governance.groups.flatMap(({ name, where, line, column }, index) =>
      isNobody(where) ? [nobody('group', name, { source, line, column, path: `groups[${index}].where.names` })] : [],
    );
    const pilots = (pilotsOf(document)?.value ?? []).flatMap(({ name, where, origin }) =>
      isNobody(where) ? [nobody('pilot', name, { source, line: origin.line ?? 1, column: 1, path: 'pilots' })] : [],
    );
    return [...groups, ...pilots];
  });
}

/** Whether any group or pilot goes by names. */
export function goByNames(documents: readonly Document[]): boolean {
  return documents.some(({ governance: { groups, pilots } }) =>
    [...groups, ...(pilots?.value.map(({ value }) => value) ?? [])].some(({ where }) => where.names !== undefined),
  );
}

function nobody(what: 'group' | 'pilot', name: string, at: Pick<Problem, 'source' | 'line' | 'column' | 'path'>): Problem {
  const message = `No repository that Steward knows is in the ${what} ${quoted(name)}: none is called as "names" says.`;
  return {
    ...at,
    severity: 'notice',
    message,
    hint: 'Check how the names are spelled. If the repository is yet to be made, leave them.',
  };
}
