/** Rulesets of repolinter as decisions. */
import { readGlob } from '../../facts/license/glob.ts';
import { visible } from '../../facts/words.ts';
import { didYouMean } from '../../policy/problem.ts';
import type { Decision, Draft, Foreign, Reading } from './decision.ts';
import { becomes, placed, remark, todo } from './decision.ts';
import { CARRIED, fileOf, licenseIn, NOT_CARRIED } from './repolinter-types.ts';
import { rulesetOf } from './ruleset.ts';
import type { RulesetRule } from './ruleset-rules.ts';

/** Decisions on a ruleset and what it extends, or everything that is wrong with them. */
export async function readRepolinter(file: Foreign, textAt: (path: string) => Promise<string>): Promise<Reading> {
  const ruleset = await rulesetOf(file, textAt);
  if ('faults' in ruleset) return ruleset;
  return { decisions: [...ruleset.rules.flatMap(decisionsOf), ...ruleset.said] };
}

function decisionsOf(rule: RulesetRule): readonly Decision[] {
  return placed(draftsOf(rule), rule.source, () => rule.line);
}

const LEVEL = { off: 'off', warning: 'warn', error: 'block' } as const;

function draftsOf(rule: RulesetRule): readonly Draft[] {
  const { name, level, where, path, hasFix } = rule;
  if (level === 'off') return [remark(name, 'is off.', path)];
  const drafts = isNotice(rule) ? notice(rule) : ruled(rule);
  const isCarried = drafts.some(({ set }) => set !== null);
  // Whether a license is found is what license-file asks itself.
  const conditions = where.filter((condition) => condition !== 'license=*' && !isNotice(rule));
  if (isCarried && conditions.length > 0) return [todo(name, conditional(conditions), path)];
  const fix = hasFix ? [todo(`${name}, fix`, 'Steward shows how to mend it, and changes no repository by itself.', path)] : [];
  const [first] = drafts.flatMap(({ set }) => set?.key.split('.')[1] ?? []);
  return [...drafts, ...(first === undefined ? policySaid(rule) : clauseOf(rule, first)), ...fix];
}

function conditional(conditions: readonly string[]): string {
  const language = /^language=([\w+#. -]+)$/.exec(conditions[0] ?? '')?.[1];
  const how = language === undefined ? 'Write a group for those repositories' : `Write a group with "languages: [${language}]"`;
  return `is asked only where ${conditions.join(' and ')}, which a policy says by a group. ${how}, and ask there for what you need.`;
}

function ruled(rule: RulesetRule): readonly Draft[] {
  switch (rule.type) {
    case 'license-detectable-by-licensee':
      return [firmness(rule, 'license-file', 'a license that can be told from its text.')];
    case 'apache-notice':
      return notice(rule);
    case 'file-existence':
      return existence(rule);
    case 'file-contents':
      return contents(rule);
    case 'file-starts-with':
      return headers(rule);
    default:
      return [uncarried(rule)];
  }
}

/** A NOTICE file that is asked for beside Apache-2.0 alone. */
function isNotice(rule: RulesetRule): boolean {
  if (rule.type !== 'file-existence' || rule.where.join() !== 'license=Apache-2.0') return false;
  return fileOf(globsOf(rule, 'globsAny')) === 'notice';
}

function notice(rule: RulesetRule): readonly Draft[] {
  return [
    firmness(rule, 'notice', 'a NOTICE file where a license asks for it.'),
    becomes(rule.name, 'rules.notice.required', 'apache', 'where a license file holds Apache-2.0.', rule.path),
  ];
}

function firmness({ name, level, path }: RulesetRule, rule: string, says: string): Draft {
  return becomes(`${name}, level ${level}`, `rules.${rule}.enforce`, LEVEL[level], `is ${LEVEL[level]}; ${says}`, path);
}

function uncarried({ name, type, path }: RulesetRule): Draft {
  const why = Object.hasOwn(NOT_CARRIED, type) ? NOT_CARRIED[type] : undefined;
  if (why !== undefined) return todo(`${name} (${type})`, why, path);
  const meant = didYouMean(type, [...Object.keys(NOT_CARRIED), ...CARRIED]);
  return todo(`${name} (${type})`, `is no type of repolinter's rules.${meant === null ? '' : ` ${meant}`}`, path);
}

function existence(rule: RulesetRule): readonly Draft[] {
  const file = fileOf(globsOf(rule, 'globsAny'));
  if (file === null) return [uncarried(rule)];
  return [
    firmness(rule, 'required-files', 'one firmness holds for all files of the rule.'),
    becomes(rule.name, 'rules.required-files.files', [file], `asks for the file ${file}, wherever GitHub accepts it.`, rule.path),
  ];
}

/** What a text says is carried over only where it is the license; that a file is there, where the rule asked that, too. */
function contents(rule: RulesetRule): readonly Draft[] {
  const { name, options, path } = rule;
  const file = fileOf(globsOf(rule, 'globsAll'));
  const pattern = typeof options['content'] === 'string' ? options['content'] : '';
  const license = file === 'license' ? licenseIn(pattern) : null;
  if (license !== null) {
    return [
      firmness(rule, 'license-file', `the text has to be that of ${license}, unaltered.`),
      becomes(name, 'rules.license-file.allow', [license], `what the pattern looks for: ${pattern}`, path),
    ];
  }
  if (file === null || options['fail-on-non-existent'] !== true) return [uncarried(rule)];
  return [
    firmness(rule, 'required-files', 'the file has to be there …'),
    becomes(name, 'rules.required-files.files', [file], `asks for the file ${file}.`, path),
    todo(name, `… but what it says is not looked at: ${pattern}`, path),
  ];
}

/** Headers of sources: what names the license counts, in any of the usual ways. */
function headers(rule: RulesetRule): readonly Draft[] {
  const { name, options, path } = rule;
  const patterns = listOf(options['patterns']);
  if (!patterns.some((pattern) => /licen[cs]e|spdx/i.test(pattern))) return [uncarried(rule)];
  const globs = globsOf(rule, 'globsAll').map((glob) => glob.replace(/^\.\//, ''));
  const include = globs.filter((glob) => !glob.startsWith('!'));
  const exclude = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const isFit = (glob: string): boolean => readGlob(glob, 'path').known;
  const odd = [...include, ...exclude].filter((glob) => !isFit(glob));
  const license = patterns
    .map((pattern) => /SPDX-License-Identifier:?\\?s?[*+ ]*([A-Za-z0-9.\\-]+)/.exec(pattern)?.[1]?.replaceAll('\\', ''))
    .find((id) => id !== undefined);
  return [
    firmness(rule, 'license-headers', 'it is asked of files that a pull request adds; a license tag, a notice or REUSE count.'),
    ...(include.some(isFit)
      ? [becomes(name, 'rules.license-headers.include', include.filter(isFit), 'the same files.', path)]
      : []),
    ...(exclude.some(isFit)
      ? [
          becomes(
            name,
            'rules.license-headers.exclude',
            exclude.filter(isFit),
            'instead of what Steward leaves out by itself.',
            path,
          ),
        ]
      : []),
    ...(patterns.some((pattern) => /copyright/i.test(pattern))
      ? [becomes(name, 'rules.license-headers.copyright', true, 'a copyright line is asked for, too.', path)]
      : []),
    ...(license === undefined
      ? []
      : [todo(name, `the pattern names ${license}: write "license: ${license}" where every header has to name it.`, path)]),
    ...(options['skip-paths-matching'] === undefined
      ? []
      : [
          todo(
            `${name}, skip-paths-matching`,
            'are regular expressions, which a policy does not have; write them as patterns below exclude.',
            path,
          ),
        ]),
    ...odd.map((glob) =>
      todo(name, `the pattern ${glob} says more than *, ** and ? can; write one pattern for each case.`, path),
    ),
  ];
}

/** The sentence of a written policy, where one is named. */
function clauseOf(rule: RulesetRule, id: string): readonly Draft[] {
  const { name, policyInfo, policyUrl, path } = rule;
  if (policyInfo === null && policyUrl === null) return [];
  const isLink = policyUrl !== null && policyUrl.length <= 2000 && /^https?:\/\/\S+$/i.test(policyUrl) && URL.canParse(policyUrl);
  if (policyInfo === null || policyInfo.trim() === '') return policySaid(rule);
  const says = visible(policyInfo.trim()).slice(0, 1000);
  const clause = { says, ...(isLink ? { url: policyUrl } : {}) };
  return [becomes(`${name}, policyInfo`, `rules.${id}.clause`, clause, 'is shown wherever the rule fails.', path)];
}

function policySaid({ name, policyInfo, policyUrl, path }: RulesetRule): readonly Draft[] {
  if (policyInfo === null && policyUrl === null) return [];
  const says = 'a clause holds the sentence that a rule carries out, and a link to it; write one at the rule that asks for this.';
  return [todo(`${name}, ${policyInfo ?? ''} ${policyUrl ?? ''}`, says, path)];
}

function globsOf({ options }: RulesetRule, key: 'globsAny' | 'globsAll'): readonly string[] {
  const globs = listOf(options[key]);
  return globs.length > 0 ? globs : listOf(options['files']);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
