/** The situations in which people meet Steward, as verdicts: golden files show how each one reads. */
import { code, link, quote, words, type Words } from '../../src/facts/words.ts';
import type { Problem } from '../../src/policy/policy.ts';
import type { Granted } from '../../src/policy/waivers/waiver.ts';
import type { JudgedFinding, Override, RuleVerdict, Verdict } from '../../src/verdict/verdict.ts';
import { aFinding, aPass, aRepositoryVerdict, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const REBASE = ['git rebase --signoff 9fceb02d0ae598e95dc970b74767f19372d61af8', 'git push --force-with-lease'];
const SOURCE = 'acme/.github:.github/steward.yml';

function unsigned(sha: string, title: string, name: string): JudgedFinding {
  return aFinding({
    about: sha,
    says: words`Commit ${code(sha.slice(0, 7))} “${quote(title)}” by ${quote(name)} has no sign-off line.`,
    fix: words`Sign off the commits of this branch, then push.`,
    commands: REBASE,
  });
}

/** For commits made on github.com, where one more commit signs them off. */
const later = {
  fix: words`Sign off with one more commit that changes no file. Run:`,
  commands: ["git commit --allow-empty --signoff -m 'Sign off earlier commits' -m …", 'git push'],
};
const message = (sha: string): string =>
  `Sign off earlier commits\n\nI, Ada Lovelace <ada@example.org>, hereby add my Signed-off-by to this commit: ${sha}\n\nSigned-off-by: Ada Lovelace <ada@example.org>`;

function signed(sha: string): JudgedFinding {
  return aPass(words`Commit ${code(sha.slice(0, 7))} is signed off by its author.`, sha);
}

const signOff = (findings: readonly JudgedFinding[], rule: Partial<RuleVerdict> = {}): RuleVerdict =>
  aRuleVerdict({ findings, ...rule });

const licenseFile = (findings: readonly JudgedFinding[], rule: Partial<RuleVerdict> = {}): RuleVerdict =>
  aRuleVerdict({
    id: 'license-file',
    on: 'repository',
    title: 'A license file says how the code may be used',
    why: 'Without a license nobody may use, change or share the code, whatever was meant.',
    fix: 'Add the text of an allowed license as `LICENSE` in the root.',
    clause: {
      says: 'Software must be licensed using the Apache 2.0 license.',
      url: 'https://policy.example.org/legal#license',
      strength: 'must',
    },
    origin: { layer: 'organization', source: SOURCE, line: 9 },
    findings,
    ...rule,
  });

const files = (findings: readonly JudgedFinding[], rule: Partial<RuleVerdict> = {}): RuleVerdict =>
  aRuleVerdict({
    id: 'required-files',
    on: 'repository',
    title: 'The files that people look for are there',
    why: 'They tell newcomers how to take part, and how to report a security problem without telling everybody.',
    fix: 'Add the missing files, or put them into the `.github` repository of the organization for all repositories at once.',
    enforce: 'warn',
    clause: {
      says: 'All projects should have a SECURITY.md pointing to this policy.',
      url: 'https://policy.example.org/security',
    },
    origin: { layer: 'organization', source: SOURCE, line: 12 },
    findings,
    ...rule,
  });

const licensed = licenseFile([aPass(words`${code('LICENSE')} is the text of Apache-2.0, which is allowed.`, 'license')]);
const noSecurity = aFinding({
  about: 'security',
  says: words`There is no ${code('SECURITY.md')}.`,
  fix: words`Add one that says where to report a vulnerability in private.`,
  create: 'SECURITY.md',
});
const ignoredName = aFinding({
  about: 'codeowners',
  says: words`${code('CODEOWNERS.md')} is there, but GitHub ignores it: it reads code owners only from a file named exactly ${code('CODEOWNERS')}.`,
  fix: words`Rename ${code('CODEOWNERS.md')} to ${code('CODEOWNERS')}:`,
  commands: ['git mv CODEOWNERS.md CODEOWNERS'],
  location: { path: 'CODEOWNERS.md' },
});
const allFiles = files([
  aPass(words`${code('README.md')} is there.`, 'readme'),
  aPass(words`${code('SECURITY.md')} is there.`, 'security'),
]);

const SHA = [
  'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
  'b2c3d4e5f60718293a4b5c6d7e8f901234567890',
  'c3d4e5f60718293a4b5c6d7e8f90123456789012',
];
const shaOf = (index: number): string => SHA[index] ?? index.toString(16).padStart(40, '0');
const two = 'https://github.com/acme/widget/pull/15';

const HOSTILE =
  '</details><!-- @everyone\n| a | b |\n|---|---|\n# x ``` fixes #1 https://evil.example :tada: **b** [x](javascript:alert(1)) $y$';

const AGREEMENT = 'Example Contributor Agreement';
const SENTENCE = `I have read and agree to the ${AGREEMENT}, version 2.0.`;
const PAGE = 'https://steward.example.org/cla/acme/individual';

const agreement = (findings: readonly JudgedFinding[], rule: Partial<RuleVerdict> = {}): RuleVerdict =>
  aRuleVerdict({
    id: 'cla',
    title: 'Everybody who contributes has signed the agreement',
    why: 'A contributor license agreement says what the project may do with a contribution, and that its contributor may give it. It is signed once, not for each pull request.',
    fix: 'Read the agreement, then sign it: write the sentence that the check shows as a comment on the pull request, exactly and alone on its line, or use the page that it links to. An address in a commit counts only when it belongs to your account: add it under Settings → Emails.',
    origin: { layer: 'organization', source: SOURCE, line: 14 },
    findings,
    ...rule,
  });

function unsignedBy(login: string, accountId: number, did: Words, commits: readonly string[]): JudgedFinding {
  const rest = words`has not signed the ${link(AGREEMENT, PAGE)}, version ${quote('2.0')}.`;
  return aFinding({
    about: `account:${accountId}`,
    says: words`${quote(login)}, who ${did}, ${rest}`,
    briefly: words`${quote(login)} ${rest}`,
    fix: words`Once ${quote(login)} has read the ${link(AGREEMENT, PAGE)}, a comment signs it that holds the exact sentence, alone on a line.`,
    reply: SENTENCE,
    page: PAGE,
    accountId,
    commits,
    isLasting: true,
  });
}

const signedBy = (login: string, accountId: number, commits: readonly string[]): JudgedFinding =>
  aFinding({
    outcome: 'pass',
    about: `account:${accountId}`,
    says: words`${quote(login)} has signed the ${link(AGREEMENT, PAGE)}, version ${quote('2.0')}.`,
    commits,
    isLasting: true,
  });

const unlinked = aFinding({
  about: 'address:grace@old-laptop.local',
  says: words`The address ${code('grace@old-laptop.local')} of ${quote('Grace Hopper')}, who authored ${code('b2c3d4e')}, belongs to no account on GitHub, so nobody can have signed for it.`,
  briefly: words`The address ${code('grace@old-laptop.local')} belongs to no account on GitHub, so nobody can have signed for it.`,
  fix: words`Whoever it belongs to can add it to their account under ${link('Settings → Emails', 'https://github.com/settings/emails')} and then comment ${code('/steward recheck')}; the commits stay as they are.`,
  commits: ['b2c3d4e5f60718293a4b5c6d7e8f901234567890'],
  isLasting: true,
});

/** A maintainer's word on a rule. */
function answered(rule: string, override: Partial<Override> = {}): Override {
  return {
    rule,
    by: { login: 'mira', accountId: 7 },
    permission: 'maintain',
    reason: 'Ada is ill; she signed on paper, which is in the office.',
    at: '2026-03-02T09:30:00.000Z',
    url: 'https://github.com/acme/widget/pull/12#issuecomment-77',
    covers: [],
    ...override,
  };
}

/** A waiver that is in force; verdicts here are of 2026-03-01. */
export function granted(id: string, waiver: Partial<Granted> = {}): Granted {
  const until = waiver.until ?? '2026-09-30';
  return {
    ...{ id, source: `acme/.github:.github/steward/waivers/${id}.yml`, rule: 'dco', scope: { repositories: ['widget'] } },
    ...{ reason: 'Ada signed on paper; the office keeps it.', code: null, approver: 'mira', requestedBy: 'ada', until },
    discussion: 'https://github.com/acme/widget/pull/12#issuecomment-70',
    ...{ approvedBy: 'mira', url: 'https://github.com/acme/.github/pull/31' },
    ends: new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString(),
    ...waiver,
  };
}

const noLicense = aFinding({ about: 'license', says: words`There is no license file in the root.`, create: 'LICENSE' });
const legacy = granted('license-widget', { rule: 'license-file', reason: 'The owners of the old code are being asked.' });

/** Verdicts by the name of their golden file. */
export const CASES: Readonly<Record<string, readonly Verdict[]>> = {
  passes: [aVerdict({ rules: [signOff([signed(shaOf(0)), signed(shaOf(1))]), licensed, allFiles] })],
  'one-commit-unsigned': [
    aVerdict({
      rules: [
        signOff(
          [
            signed(shaOf(0)),
            unsigned(shaOf(1), 'Add a parser', 'Ada Lovelace'),
            unsigned(shaOf(2), 'Fix a typo', 'Ada Lovelace'),
          ],
          {
            headline: '2 of 3 commits need a sign-off',
          },
        ),
        licensed,
        allFiles,
      ],
    }),
  ],
  'two-hundred-unsigned': [
    aVerdict({
      rules: [
        signOff(
          Array.from({ length: 200 }, (_, index) =>
            unsigned((index + 4096).toString(16).padEnd(40, '7'), `Step ${index + 1}`, 'Ada Lovelace'),
          ),
          { headline: '200 of 200 commits need a sign-off' },
        ),
      ],
    }),
  ],
  hostile: [
    aVerdict({
      circumstances: { ...aVerdict().circumstances, title: HOSTILE },
      rules: [
        signOff(
          [
            unsigned(shaOf(0), HOSTILE, '@octocat <b>'),
            { ...unsigned(shaOf(1), 'x', 'y'), says: words`Its path is ${code('`` | @me\n\n# a')}.`, paste: `${HOSTILE}\u202e` },
          ],
          {
            clause: { says: HOSTILE, url: 'javascript:alert(1)' },
          },
        ),
        agreement([
          { ...unsignedBy('x', 1, words`is ${quote(HOSTILE)}`, []), reply: `${HOSTILE}\u202e`, page: 'javascript:alert(1)' },
        ]),
        files([{ ...noSecurity, isOverridden: true }], {
          overrides: [
            answered('required-files', {
              by: { login: '@everyone|-->', accountId: 1 },
              permission: '`|<!--',
              reason: `--> ${HOSTILE}\u202e\u0007`,
              url: 'javascript:alert(1)',
            }),
          ],
        }),
      ],
      help: 'override',
      refused: [{ login: '@everyone', text: `${HOSTILE}-->`, reason: `${HOSTILE}\u202e` }],
    }),
  ],
  unknown: [
    aVerdict({
      rules: [
        signOff([
          aFinding({
            outcome: 'unknown',
            about: 'dco',
            says: words`Steward could not check this yet: ${quote('GitHub answered with 502 to page 2 of the commits')}.`,
          }),
        ]),
        licensed,
      ],
    }),
  ],
  'existing-debt': [
    aVerdict({
      rules: [
        signOff([signed(shaOf(0))]),
        licensed,
        files([{ ...noSecurity, isExisting: true }, aPass(words`${code('README.md')} is there.`, 'readme')]),
      ],
    }),
  ],
  'observed-only': [
    aVerdict({
      policy: { checkName: 'Steward', isDefault: true, certification: null, mayOverride: 'maintain', files: [] },
      rules: [
        signOff([unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace')], {
          enforce: 'observe',
          origin: { layer: 'built-in', source: 'baseline', line: null },
        }),
        { ...licensed, enforce: 'observe', clause: null, origin: { layer: 'built-in', source: 'baseline', line: null } },
      ],
    }),
  ],
  recommended: [aVerdict({ rules: [signOff([signed(shaOf(0))]), licensed, files([noSecurity], { enforce: 'warn' })] })],
  'everything-at-once': [
    aVerdict({
      rules: [
        signOff([
          unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace'),
          aFinding({
            outcome: 'exempt',
            about: shaOf(1),
            says: words`Commit ${code(shaOf(1).slice(0, 7))} is a merge without changes of its own.`,
          }),
        ]),
        licenseFile([aFinding({ about: 'license', says: words`${code('LICENSE')} is removed.`, fix: words`Keep it.` })]),
        files([ignoredName]),
        files([aFinding({ about: 'changelog', says: words`There is no ${code('CHANGELOG.md')}.` })], {
          id: 'change-log',
          title: 'Changes are written down',
          enforce: 'observe',
        }),
        files([{ ...noSecurity, about: 'notice', says: words`There is no ${code('NOTICE')}.`, isExisting: true }], {
          id: 'notice',
          title: 'A notice names the copyright holders',
        }),
      ],
    }),
  ],
  overridden: [
    aVerdict({
      rules: [
        signOff([{ ...unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace'), isOverridden: true }, signed(shaOf(1))], {
          overrides: [answered('dco')],
        }),
        licensed,
      ],
    }),
  ],
  'overridden-in-part': [
    aVerdict({
      rules: [
        signOff(
          [
            { ...unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace'), isOverridden: true },
            unsigned(shaOf(1), 'Fix a typo', 'Ada Lovelace'),
          ],
          { headline: '1 of 2 commits needs a sign-off', overrides: [answered('dco')] },
        ),
      ],
    }),
  ],
  'override-help': [
    aVerdict({
      help: 'override',
      rules: [
        signOff([unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace')]),
        licenseFile([aFinding({ about: 'license', says: words`${code('LICENSE')} is removed.`, fix: words`Keep it.` })]),
      ],
    }),
  ],
  refused: [
    aVerdict({
      rules: [signOff([unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace')])],
      refused: [
        {
          login: 'ada',
          text: 'override dco because it is only a typo @everyone',
          reason: 'Nobody overrides a rule for work of their own. Ask another maintainer.',
        },
        {
          login: 'eve',
          text: 'I have read and agree to the Example Contributor Agreement, version 1.0.',
          reason: `Version 1.0 is not the one in force. Write: ${SENTENCE}`,
        },
      ],
    }),
  ],
  'agreement-unsigned': [
    aVerdict({
      policy: { ...aVerdict().policy, certification: 'cla' },
      rules: [
        agreement(
          [
            unsignedBy('ada', 1, words`opened this pull request and authored ${code('a1b2c3d')}`, [shaOf(0)]),
            unsignedBy('charles', 2, words`authored ${code('c3d4e5f')}`, [shaOf(2)]),
            unlinked,
          ],
          { headline: '3 of 3 people have not signed the agreement' },
        ),
        licensed,
      ],
    }),
  ],
  'agreement-signed': [
    aVerdict({
      policy: { ...aVerdict().policy, certification: 'cla' },
      rules: [agreement([signedBy('ada', 1, [shaOf(0)]), signedBy('charles', 2, [shaOf(2)])]), licensed],
    }),
  ],
  'by-comment': [
    aVerdict({
      rules: [
        signOff(
          [
            {
              ...unsigned(shaOf(0), 'Explain the parser', 'Ada Lovelace'),
              reply: 'I certify the Developer Certificate of Origin 1.1 for my commits in this pull request.',
            },
          ],
          { headline: 'The commit needs a sign-off' },
        ),
      ],
    }),
  ],
  'without-a-clone': [
    aVerdict({
      rules: [
        signOff(
          [
            { ...unsigned(shaOf(0), 'Explain the parser', 'Ada Lovelace'), ...later, paste: message(shaOf(0)) },
            { ...unsigned(shaOf(1), 'Explain it better', 'Ada Lovelace'), ...later },
          ],
          { headline: '2 of 2 commits need a sign-off' },
        ),
      ],
    }),
  ],
  either: [
    aVerdict({
      policy: { ...aVerdict().policy, certification: 'either' },
      rules: [
        signOff([unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace')], { headline: 'The commit needs a sign-off' }),
        agreement([unsignedBy('ada', 1, words`opened this pull request and authored ${code('a1b2c3d')}`, [shaOf(0)])], {
          headline: 'The agreement is not signed yet',
        }),
      ],
    }),
  ],
  'shared-head': [
    aVerdict({ rules: [signOff([signed(shaOf(0))]), licensed] }),
    aVerdict({
      subject: { kind: 'pull-request', owner: 'acme', repo: 'widget', number: 15 },
      circumstances: { ...aVerdict().circumstances, title: 'Add a parser (backport)', url: two, baseRef: 'release-1' },
      rules: [
        signOff([signed(shaOf(0)), unsigned(shaOf(1), 'Fix a typo', 'Ada Lovelace')], {
          headline: '1 of 2 commits needs a sign-off',
        }),
      ],
    }),
  ],
  'repository-to-do': [
    aRepositoryVerdict({
      rules: [
        licenseFile([aFinding({ about: 'license', says: words`There is no license file in the root.`, create: 'LICENSE' })]),
        files([
          ignoredName,
          aFinding({
            about: 'contributing',
            says: words`There is no ${code('CONTRIBUTING.md')}.`,
            fix: words`Say how to build, test and propose a change.`,
            create: '.github/CONTRIBUTING.md',
          }),
        ]),
      ],
    }),
  ],
  waived: [
    aVerdict({
      rules: [
        signOff([{ ...unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace'), waivedBy: 'dco-widget' }, signed(shaOf(1))], {
          waivers: [granted('dco-widget')],
        }),
        licensed,
      ],
    }),
  ],
  'waived-in-part-ending': [
    aVerdict({
      rules: [
        signOff(
          [
            { ...unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace'), waivedBy: 'dco-widget' },
            unsigned(shaOf(1), 'Fix a typo', 'Grace Hopper'),
          ],
          { headline: '1 of 2 commits needs a sign-off', waivers: [granted('dco-widget', { until: '2026-03-03' })] },
        ),
      ],
    }),
  ],
  'waiver-ended': [
    aVerdict({
      rules: [
        signOff([unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace')], {
          headline: 'The commit needs a sign-off',
          endedWaivers: [granted('dco-widget', { until: '2026-02-28' })],
        }),
      ],
    }),
  ],
  'rolled-out': [
    aVerdict({
      rules: [
        signOff([unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace')], {
          enforce: 'warn',
          headline: 'The commit needs a sign-off',
          rollout: {
            ...{ step: 1, aim: 'block', next: { enforce: 'block', from: '2027-03-01T00:00:00.000Z' } },
            grace: null,
          },
        }),
        files([noSecurity], {
          enforce: 'observe',
          rollout: {
            ...{ step: 0, aim: 'warn', next: null },
            grace: { reason: 'new-repository', until: '2026-04-01T00:00:00.000Z' },
          },
        }),
      ],
    }),
  ],
  paused: [
    aVerdict({
      policy: {
        ...aVerdict().policy,
        paused: {
          ...{ because: 'A rule went wrong on Tuesday.', until: '2026-03-24' },
          origin: { layer: 'organization', source: SOURCE, line: 3 },
        },
      },
      conclusion: 'neutral',
      rules: [signOff([unsigned(shaOf(0), 'Add a parser', 'Ada Lovelace')], { headline: 'The commit needs a sign-off' })],
    }),
  ],
  'repository-waived': [
    aRepositoryVerdict({
      rules: [licenseFile([{ ...noLicense, waivedBy: legacy.id }], { waivers: [legacy] }), allFiles],
    }),
  ],
  'repository-waived-in-part': [
    aRepositoryVerdict({
      rules: [licenseFile([{ ...noLicense, waivedBy: legacy.id }], { waivers: [legacy] }), files([ignoredName])],
    }),
  ],
  'repository-settled': [aRepositoryVerdict({ rules: [licensed, allFiles] })],
};

/** Problems of a policy file: a typing error, a wrong value, and something that has no effect. */
export const PROBLEMS: readonly Problem[] = [
  {
    source: SOURCE,
    line: 4,
    column: 5,
    path: 'rules.dco.bot',
    severity: 'error',
    message: 'Unknown option "bot".',
    hint: 'Did you mean "bots"?',
  },
  {
    source: SOURCE,
    line: 6,
    column: 14,
    path: 'rules.license-file.enforce',
    severity: 'error',
    message: 'Found "error|block"; this must be off, observe, warn or block.',
    hint: 'Write one of: off, observe, warn, block.',
  },
  {
    source: SOURCE,
    line: 9,
    column: 3,
    path: 'rules.required-files',
    severity: 'notice',
    message: 'A repository may only tighten this rule.',
    hint: null,
  },
];
