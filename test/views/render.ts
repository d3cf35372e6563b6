/** How a case reads on GitHub, as one readable document. */
import type { Verdict } from '../../src/verdict/verdict.ts';
import type { CheckRunEffect, Effect } from '../../src/views/effect.ts';
import { effects } from '../../src/views/effects.ts';
import { policyCheck } from '../../src/views/policy-check.ts';
import { report } from '../../src/views/report.ts';
import { terminal } from '../../src/views/terminal.ts';
import { CASES, PROBLEMS } from './cases.ts';
import { aPreview, EMPTY, FAILING_TESTS, many, MIXED, PLANNED, reported, STOPPED, UNKNOWN } from './previews.ts';

/** Every golden file by its name. */
export function goldens(): Readonly<Record<string, string>> {
  const cases = Object.entries(CASES).map(([name, verdicts]) => [name, document(effectsOf(verdicts))] as const);
  const both = named('everything-at-once');
  return {
    ...Object.fromEntries(cases),
    'policy-problems': document([policyCheck('4b825dc642cb6eb9a060e54bf8d69288fbee4904', PROBLEMS)]),
    'policy-valid': document([policyCheck('4b825dc642cb6eb9a060e54bf8d69288fbee4904', [])]),
    ...policyChecks(),
    'report-everything-at-once': report(both),
    'terminal-everything-at-once': terminal(both),
    'terminal-overridden': terminal(named('overridden')),
    'terminal-agreement-unsigned': terminal(named('agreement-unsigned')),
    'report-waived': report(named('waived')),
    'terminal-waived-in-part-ending': terminal(named('waived-in-part-ending')),
    'report-overridden': report(named('overridden')),
  };
}

/** What a change of the policy would do, as its check tells it. */
function policyChecks(): Readonly<Record<string, string>> {
  const sha = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  const shown = (options: Parameters<typeof policyCheck>[2]): string => document([policyCheck(sha, [], options)]);
  return {
    'policy-preview': shown({ preview: reported(MIXED, { limit: 10 }) }),
    'policy-preview-nothing': shown({
      preview: reported(aPreview([])),
      tests: { ...FAILING_TESTS, results: FAILING_TESTS.results.slice(0, 1) },
    }),
    'policy-preview-empty': shown({ preview: reported(EMPTY) }),
    'policy-preview-planned': shown({ preview: reported(PLANNED, { limit: 2 }) }),
    'policy-preview-stopped': shown({ preview: reported(STOPPED, { limit: 5_000 }) }),
    'policy-preview-unknown': shown({ preview: reported(UNKNOWN, { limit: 10 }) }),
    'policy-preview-over': shown({ preview: reported(many(30), { limit: 10, isPublic: false }) }),
    'policy-held': shown({ preview: reported(many(12), { limit: 10, isHeld: true }) }),
    'policy-tests-fail': shown({ preview: reported(aPreview([])), tests: FAILING_TESTS }),
  };
}

function named(name: string): Verdict {
  const verdict = CASES[name]?.[0];
  if (!verdict) throw new Error(`There is no case ${name}.`);
  return verdict;
}

/** The effects of the subject of the first verdict. */
export function effectsOf(verdicts: readonly Verdict[]): readonly Effect[] {
  const [first] = verdicts;
  return first ? effects(first.subject, verdicts) : [];
}

function document(shown: readonly Effect[]): string {
  return `${shown.map(section).join('\n\n')}\n`;
}

function section(effect: Effect): string {
  switch (effect.kind) {
    case 'check-run':
      return checkRunSection(effect);
    case 'comment':
      return `════ comment on ${effect.number} · ${effect.mode} ════\n\n${effect.body}`;
    case 'reaction':
      return `════ reaction · ${effect.content} · comment ${effect.commentId} ════`;
    case 'reply':
      return `════ reply · comment ${effect.commentId} ════\n\n${effect.body}`;
    case 'note':
      return `════ note · ${effect.key} ════\n\n${effect.body}`;
    case 'issue':
      return `════ issue · ${effect.state} · ${effect.title} ════\n\n${effect.body}`;
  }
}

function checkRunSection(run: CheckRunEffect): string {
  const annotations = run.annotations.map(
    (note) =>
      `${note.path}:${note.start_line} · ${note.annotation_level} · ${note.title}\n    ${note.message.replace(/\n/g, '\n    ')}`,
  );
  return [
    `════ check run · ${run.name} · ${run.conclusion} ════`,
    run.title,
    '──── summary ────',
    run.summary,
    ...(run.text === '' ? [] : ['──── text ────', run.text]),
    ...(run.actions ?? []).map(
      ({ label, description, identifier }) => `──── button · ${label} · ${description} · ${identifier} ────`,
    ),
    ...(annotations.length === 0 ? [] : ['──── annotations ────', ...annotations]),
  ].join('\n\n');
}
