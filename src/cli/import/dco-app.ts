/** `.github/dco.yml` of the DCO apps (dcoapp/app and cncf/dco2) as decisions. */
import { z } from 'zod';
import type { Flaw, Path } from '../../policy/positions.ts';
import { didYouMean, found } from '../../policy/problem.ts';
import { readYaml } from '../../policy/yaml.ts';
import { becomes, faulty, lineIn, placed, todo, type Draft, type Foreign, type Reading } from './decision.ts';
import { flawsOf } from './expected.ts';

const KEYS = {
  '': ['require', 'allowRemediationCommits', 'allowOverrideAction', '_extends'],
  require: ['members'],
  allowRemediationCommits: ['individual', 'thirdParty'],
} as const;

const OVERRIDE: Path = ['allowOverrideAction'];
const MEMBERS: Path = ['require', 'members'];
const REMEDIATION: Path = ['allowRemediationCommits'];

const truth = z.boolean({ error: ({ input }) => `Expected true or false, found ${found(input)}.` });
const group = { error: ({ input }: { readonly input?: unknown }) => `Expected a group of keys, found ${found(input)}.` };

const shape = z.looseObject({
  require: z.looseObject({ members: truth.optional() }, group).optional(),
  allowRemediationCommits: z.looseObject({ individual: truth.optional(), thirdParty: truth.optional() }, group).optional(),
  allowOverrideAction: truth.optional(),
  _extends: z.unknown().optional(),
});

type Written = z.output<typeof shape>;

const DCO_FILE = {
  is: 'the file of a DCO app is a group of keys such as "require:"',
  hint: 'Give .github/dco.yml as the app reads it.',
};

const ALREADY: Flaw = {
  ...{ line: 1, column: 1, path: [] },
  message: 'This is a policy of Steward already, and nothing is to be imported from it.',
  hint: '`steward policy validate FILE` says whether it is sound.',
};

/** Whether keys are those of Steward's own files, and none is of an app. */
function isPolicy(value: unknown): boolean {
  const keys = Object.keys(value ?? {});
  const isOf = (names: readonly string[]): boolean => keys.some((key) => names.includes(key));
  return isOf(POLICY_KEYS) && !isOf(KEYS['']);
}

const POLICY_KEYS = [
  'rules',
  'extends',
  'certification',
  'checkName',
  'mayLoosen',
  'mayOverride',
  'readers',
  'groups',
  'locked',
  'pilots',
  'mayOnlyTighten',
];

/** Decisions, or everything that is wrong with the file. */
export function readApps({ source, text }: Foreign): Reading {
  const { value, positions, problems } = readYaml(text, DCO_FILE);
  if (isPolicy(value)) return faulty(source, [ALREADY]);
  const result = shape.safeParse(value ?? {});
  const flaws = value === undefined ? [] : flawsOf(result.error, positions);
  if (problems.length > 0 || !result.success) return faulty(source, [...problems, ...flaws]);
  return { decisions: placed([...decide(result.data), ...unknownKeys(result.data)], source, lineIn(positions)) };
}

function decide(written: Written): readonly Draft[] {
  const { allowOverrideAction: override = true } = written;
  return [
    becomes('The check of both apps', 'checkName', 'DCO', 'is called DCO, so rulesets that require it keep working.'),
    override
      ? becomes(
          told(written, 'allowOverrideAction', 'true'),
          'mayOverride',
          'write',
          BUTTON,
          written.allowOverrideAction === undefined ? [] : OVERRIDE,
        )
      : becomes('allowOverrideAction: false', 'mayOverride', 'nobody', 'no button; nobody overrides.', OVERRIDE),
    becomes('Both apps', 'certification', 'dco', 'ask for sign-offs and nothing else.'),
    becomes('Both apps', 'rules.dco.enforce', 'block', 'fail their check.'),
    becomes('Both apps', 'rules.dco.trailers', 'compat', 'count a sign-off on any line; git and strict are stricter.'),
    becomes('Both apps', 'rules.dco.agents', 'as-authors', "accept an AI agent's own sign-off; human asks for a person's."),
    becomes('Both apps', 'rules.dco.mergeCommits', 'skip', 'pass merge commits over.'),
    becomes(
      'Both apps',
      'rules.dco.bots',
      'verified',
      'exempt all bots; Steward those whose commit a verified signature proves.',
    ),
    ...members(written),
    ...remediation(written),
    ...(written._extends === undefined
      ? []
      : [
          todo('_extends', 'is not followed here. Import the file that it names, and let this policy extend that one.', [
            '_extends',
          ]),
        ]),
  ];
}

const BUTTON =
  'whoever could press the button may override. Steward asks for a reason and shows who did it; maintain and admin are stricter.';

/** The apps merge top-level keys only: what is missing in a written group has no default with one of them. */
function members({ require: group }: Written): readonly Draft[] {
  if (group?.members === false) {
    return [
      becomes(
        'require.members: false',
        'rules.dco.exempt',
        ['members'],
        'members of the organization need no sign-off …',
        MEMBERS,
      ),
      becomes(
        'require.members: false',
        'rules.dco.exemptSigned',
        true,
        "… on commits with a signature of their own. GitHub's on a web edit is not theirs.",
        MEMBERS,
      ),
    ];
  }
  const isOpen = group !== undefined && group.members === undefined;
  const says = isOpen
    ? 'members sign off, too. One of the apps reads a group without `members` as false; the stricter reading is kept.'
    : 'members sign off like everybody.';
  return [
    becomes(
      isOpen ? 'require without members' : told({ ...group }, 'members', 'true', 'require.'),
      'rules.dco.exempt',
      [],
      says,
      group ? MEMBERS : [],
    ),
  ];
}

function remediation({ allowRemediationCommits: written }: Written): readonly Draft[] {
  const group = written ?? {};
  const path = written ? REMEDIATION : [];
  const { individual = false, thirdParty = false } = group;
  const found = `allowRemediationCommits: individual ${String(individual)}, thirdParty ${String(thirdParty)}`;
  if (!individual) {
    const also = thirdParty ? ' (thirdParty works only together with individual)' : '';
    return [becomes(found, 'rules.dco.remediation', 'off', `a later commit signs nothing off${also}.`, path)];
  }
  if (!thirdParty)
    return [
      becomes(found, 'rules.dco.remediation', 'individual', 'people sign earlier commits of theirs off by a later one.', path),
    ];
  const says =
    'anybody could sign for others there. Name those who may by account id (`gh api users/LOGIN --jq .id`); until then nobody may.';
  return [
    becomes(found, 'rules.dco.remediation', 'third-party', 'representatives sign for others by a later commit.', path),
    { ...becomes('thirdParty: true', 'rules.dco.representatives', [], says, [...path, 'thirdParty']), isTodo: true },
  ];
}

function told(group: Readonly<Record<string, unknown>>, key: string, standard: string, prefix = ''): string {
  return group[key] === undefined
    ? `${prefix}${key} is not written (${standard})`
    : `${prefix}${key}: ${JSON.stringify(group[key])}`;
}

function unknownKeys(written: Written): readonly Draft[] {
  const inside = (name: keyof typeof KEYS, group: Readonly<Record<string, unknown>> | undefined): readonly Draft[] =>
    Object.keys(group ?? {})
      .filter((key) => !(KEYS[name] as readonly string[]).includes(key))
      .map((key) => {
        const meant = didYouMean(key, KEYS[name]);
        return todo(
          `${name === '' ? '' : `${name}.`}${key}`,
          `is no key of either app and had no effect.${meant === null ? '' : ` ${meant}`}`,
          name === '' ? [key] : [name, key],
        );
      });
  return [
    ...inside('', written),
    ...inside('require', written.require),
    ...inside('allowRemediationCommits', written.allowRemediationCommits),
  ];
}
