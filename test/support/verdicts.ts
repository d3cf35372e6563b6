/** Verdicts, rules and findings for tests of views: everything has a sensible value, a test names what it is about. */
import { words, type Words } from '../../src/facts/words.ts';
import type { Judged } from '../../src/facts/subject.ts';
import { worst } from '../../src/verdict/judge.ts';
import type { Keeping } from '../../src/verdict/stored.ts';
import type { Conclusion, JudgedFinding, RuleVerdict, Verdict } from '../../src/verdict/verdict.ts';

/** A finding that fails, in words that name its subject. */
export function aFinding(finding: Partial<JudgedFinding> = {}): JudgedFinding {
  return { outcome: 'fail', about: 'something', says: words`Something is missing.`, isExisting: false, ...finding };
}

/** A finding that passes. */
export function aPass(says: Words, about = 'something'): JudgedFinding {
  return aFinding({ outcome: 'pass', about, says });
}

/** A required rule about commits; its outcome follows from its findings. */
export function aRuleVerdict(rule: Partial<RuleVerdict> = {}): RuleVerdict {
  const findings = rule.findings ?? [];
  return {
    id: 'dco',
    on: 'contribution',
    title: 'Every commit is signed off',
    why:
      'A sign-off is a line in the commit message by which you certify the ' +
      '[Developer Certificate of Origin](https://developercertificate.org): that you may contribute this under the license of the project. ' +
      'It is not a GPG signature.',
    fix: 'One commit: `git commit --amend --signoff --no-edit`. Several: `git rebase --signoff` onto the base branch. Then `git push --force-with-lease`.',
    enforce: 'block',
    clause: null,
    origin: { layer: 'organization', source: 'acme/.github:.github/steward.yml', line: 7 },
    outcome: outcomeOf(findings),
    findings,
    options: 'as usual',
    ...rule,
  };
}

/** A pull request; its conclusion follows from its rules. */
export function aVerdict(verdict: Partial<Verdict> = {}): Verdict {
  const rules = verdict.rules ?? [];
  return {
    version: 1,
    subject: { kind: 'pull-request', owner: 'acme', repo: 'widget', number: 12 },
    sha: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    at: '2026-03-01T12:00:00.000Z',
    policy: {
      checkName: 'Steward',
      isDefault: false,
      certification: null,
      mayOverride: 'maintain',
      files: [
        {
          layer: 'organization',
          source: 'acme/.github:.github/steward.yml',
          commit: '1f7ec5eaa8b6a1a1b4a0f9d1c7fbb0d1e2f3a4b5',
          oid: 'b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0',
        },
      ],
    },
    circumstances: {
      title: 'Add a parser',
      url: 'https://github.com/acme/widget/pull/12',
      author: 'ada',
      baseRef: 'main',
      isDraft: false,
      defaultBranch: 'main',
    },
    conclusion: worst(rules.map(conclusionOf)),
    rules,
    isIncomplete: rules.some((rule) => rule.outcome === 'unknown'),
    problems: [],
    ...verdict,
  };
}

/** A repository at its default branch. */
export function aRepositoryVerdict(verdict: Partial<Verdict> = {}): Verdict {
  return aVerdict({
    subject: { kind: 'repository', owner: 'acme', repo: 'widget' },
    circumstances: {
      title: null,
      url: 'https://github.com/acme/widget',
      author: null,
      baseRef: null,
      isDraft: false,
      defaultBranch: 'main',
    },
    ...verdict,
  });
}

function outcomeOf(findings: readonly JudgedFinding[]): RuleVerdict['outcome'] {
  const own = findings
    .filter((finding) => !finding.isExisting && !finding.isOverridden && finding.waivedBy === undefined)
    .map((finding) => finding.outcome);
  if (own.includes('fail')) return 'fail';
  if (own.includes('unknown')) return 'unknown';
  if (findings.some((finding) => finding.isOverridden)) return 'overridden';
  if (findings.some((finding) => finding.waivedBy !== undefined)) return 'waived';
  return own.length > 0 && own.every((outcome) => outcome === 'exempt') ? 'exempt' : 'pass';
}

function conclusionOf({ enforce, outcome }: RuleVerdict): Conclusion {
  if (outcome === 'fail') return enforce === 'block' ? 'failure' : enforce === 'warn' ? 'neutral' : 'success';
  if (outcome === 'overridden') return enforce === 'observe' ? 'success' : 'neutral';
  return outcome === 'unknown' && enforce === 'block' ? 'action_required' : 'success';
}

/** What an evaluation keeps of a subject. */
export function keeping(subject: Judged, sha: string, facts: Keeping['facts'] = {}, more: Partial<Keeping> = {}): Keeping {
  if (subject.kind === 'merge-group') throw new Error('Nothing is kept of a merge group.');
  const circumstances = { title: null, url: null, author: null, baseRef: null, isDraft: false, defaultBranch: 'main' };
  return { subject, sha, facts, circumstances, overrides: [], isPrivate: false, ...more };
}
