/** What files of Allstar say that no rule of Steward takes, and keys that nobody knows. */
import { didYouMean, found } from '../../policy/problem.ts';
import type { AllstarText } from './allstar-text.ts';
import { ORGANIZATION_OPT, REPOSITORY_OPT, SCORECARD } from './allstar-files.ts';
import { remark, todo, type Draft } from './decision.ts';

/** What a file says that no rule takes, and keys that nobody knows. */
export function saidOf(text: AllstarText, layer: 'organization' | 'repository'): readonly Draft[] {
  const { kind, written } = text;
  return [
    ...Object.keys(written).flatMap((key) => keySaid(key, text)),
    ...optSaid(text, layer),
    ...actionSaid(text),
    ...(kind.name === 'codeowners' && written.requireCODEOWNERS !== true
      ? [remark('requireCODEOWNERS', 'is not true, so nothing was asked for.', ['requireCODEOWNERS'])]
      : []),
  ];
}

/** Whether a rule of Steward takes anything of a file; `allstar.yaml` speaks of all the others. */
function isCarried({ kind, written }: AllstarText): boolean {
  const isAsked = (written.checks ?? []).some((check) => Object.hasOwn(SCORECARD, check));
  return kind.asks !== null || kind.name === 'allstar' || (kind.name === 'scorecard' && isAsked);
}

function keySaid(key: string, text: AllstarText): readonly Draft[] {
  const { kind, written } = text;
  const path = [key];
  if (key === 'optConfig' || key === 'action' || key === 'requireCODEOWNERS') {
    return key === 'action' && !isCarried(text) ? [todo(`action: ${written.action ?? ''}`, kind.why, path)] : [];
  }
  if (key === 'baseConfig')
    return [
      todo(
        `baseConfig: ${written.baseConfig ?? ''}`,
        'is not fetched. Import its files too: write them before these, and put the result into a policy that "extends" can name.',
        path,
      ),
    ];
  if (key === 'checks') return checksSaid(written.checks ?? [], kind.why);
  if (kind.keys.includes(key)) return [todo(`${key}: ${shown(written[key])}`, kind.why, path)];
  const meant = didYouMean(key, kind.keys);
  return [todo(key, `is no key of this file, so Allstar ignored the whole file.${meant === null ? '' : ` ${meant}`}`, path)];
}

function checksSaid(checks: readonly string[], why: string): readonly Draft[] {
  return checks.flatMap((check, index) =>
    Object.hasOwn(SCORECARD, check) ? [] : [todo(`checks: ${check}`, why, ['checks', index])],
  );
}

function actionSaid({ written: { action }, kind }: AllstarText): readonly Draft[] {
  const path = ['action'];
  if (action === undefined || kind.asks === null) return [];
  if (action === 'fix')
    return [
      todo('action: fix', 'Steward shows how to mend it, and changes no repository by itself; it is held as a warning.', path),
    ];
  return ['log', 'issue'].includes(action)
    ? []
    : [todo(`action: ${action}`, 'Allstar does not carry this action out, so it only logs; it is observed.', path)];
}

function optSaid(text: AllstarText, layer: 'organization' | 'repository'): readonly Draft[] {
  const { kind, written } = text;
  const { optConfig } = written;
  const known: readonly string[] = layer === 'repository' ? REPOSITORY_OPT : ORGANIZATION_OPT;
  const asks = kind.asks !== null || kind.name === 'allstar' || kind.name === 'scorecard';
  return Object.entries(optConfig).flatMap(([key, value]): readonly Draft[] => {
    const path = ['optConfig', key];
    const name = `optConfig.${key}`;
    if (Array.isArray(value) && value.length === 0) return [];
    if (key === 'optOutForkedRepos' && value === true && asks)
      return [
        todo(`${name}: true`, 'groups do not tell forks apart; list them under "names" of a group, or give them a topic.', path),
      ];
    if (key === 'optOutArchivedRepos' && asks)
      return [remark(`${name}: ${String(value)}`, 'Steward never judges an archived repository.', path)];
    if (kind.name === 'allstar' && layer === 'repository' && (REPOSITORY_OPT as readonly string[]).includes(key))
      return [
        todo(
          `${name}: ${String(value)}`,
          'whether a repository is looked at at all is for the organization to say: write a group for it there.',
          path,
        ),
      ];
    if (known.includes(key)) return Array.isArray(value) ? [listSaid(key, value.map(String), text)] : [];
    const isOther = [...ORGANIZATION_OPT, ...REPOSITORY_OPT].some((one) => one === key);
    const whose = layer === 'repository' ? "an organization's" : "a repository's";
    if (isOther)
      return [
        todo(
          name,
          `is a key of ${whose} file: import that one with --layer ${layer === 'repository' ? 'organization' : 'repository'}.`,
          path,
        ),
      ];
    const meant = didYouMean(key, known);
    return [todo(name, `is no key of Allstar, which ignored the whole file.${meant === null ? '' : ` ${meant}`}`, path)];
  });
}

/** What becomes of a list of repositories: a group, where they are asked for something else than all are. */
function listSaid(key: string, names: readonly string[], text: AllstarText): Draft {
  const { kind, written } = text;
  const path = ['optConfig', key];
  const what = `optConfig.${key}: ${names.join(', ')}`;
  if (!isCarried(text)) return todo(what, kind.why, path);
  const isRead = (key === 'optOutRepos') === (written.optConfig.optOutStrategy === true);
  return isRead
    ? remark(what, 'a group holds those of them that are asked for something else than the others.', path)
    : remark(what, 'Allstar did not read it, because of optOutStrategy.', path);
}

function shown(value: unknown): string {
  return typeof value === 'object' ? found(value) : JSON.stringify(value);
}
