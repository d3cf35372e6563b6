/** `.github/dco-check.toml` of KineticCafe/actions-dco as decisions. */
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import type { Flaw } from '../../policy/positions.ts';
import { didYouMean, found } from '../../policy/problem.ts';
import { MAX_BYTES } from '../../policy/yaml.ts';
import { becomes, faulty, placed, remark, todo, type Draft, type Foreign, type Reading } from './decision.ts';
import { expected } from './expected.ts';

const words = z.array(z.string(expected('a text')), expected('a list of texts'));
const CATEGORIES = ['dependency-updaters', 'ci-cd', 'release'] as const;

const shape = z.looseObject({
  'exempt-authors': words.optional(),
  'trailer-parsing': z.enum(['strict', 'lenient'], expected('"strict" or "lenient"')).optional(),
  comment: z.boolean(expected('true or false')).optional(),
  bots: z
    .looseObject(
      {
        policy: z
          .enum(['all', 'none', 'well-known', 'allowlist'], expected('"all", "none", "well-known" or "allowlist"'))
          .optional(),
        categories: z.array(z.enum(CATEGORIES, expected(CATEGORIES.join(', '))), expected('a list of categories')).optional(),
        allow: words.optional(),
      },
      expected('a table'),
    )
    .optional(),
  'alias-signoffs': z
    .looseObject({ aliases: z.record(z.string(), words, expected('a table')).optional() }, expected('a table'))
    .optional(),
  ref: z.string(expected('a text')).optional(),
});

type Written = z.output<typeof shape>;

/** The bots of each category. */
const WELL_KNOWN = {
  'dependency-updaters': ['dependabot[bot]', 'renovate[bot]', 'snyk-bot[bot]'],
  'ci-cd': ['github-actions[bot]'],
  release: ['semantic-release[bot]', 'release-please[bot]'],
} as const;

/** Accounts of GitHub itself and of one that everybody meets; other names are asked for. */
const IDS: Readonly<Record<string, number>> = {
  'dependabot[bot]': 49_699_333,
  'renovate[bot]': 29_139_614,
  'github-actions[bot]': 41_898_282,
};

/** Decisions, or everything that is wrong with the file. */
export function readAction({ source, text }: Foreign): Reading {
  const value = tomlOf(text);
  if ('message' in value) return faulty(source, [value]);
  const result = shape.safeParse(value.table);
  if (!result.success) {
    const flaws = result.error.issues.map(({ path, message }) => ({ ...placeOf(text, path), path, message, hint: null }));
    return faulty(source, flaws);
  }
  const { ref } = result.data;
  const drafts = [...decide(result.data), ...unknownKeys(result.data)];
  if (ref === undefined) return { decisions: placed(drafts, source, (path) => placeOf(text, path).line) };
  const message = `The file only says that the configuration is at ${found(ref)}.`;
  const hint = 'Save that file, and import it instead.';
  return faulty(source, [{ ...placeOf(text, ['ref']), path: ['ref'], message, hint }]);
}

function tomlOf(text: string): Flaw | { readonly table: unknown } {
  const at = (line: number, column: number, message: string, hint: string | null): Flaw => ({
    line,
    column,
    path: [],
    message,
    hint,
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) {
    const message = `The file is ${Math.ceil(bytes / 1024)} KiB; at most ${MAX_BYTES / 1024} KiB are read.`;
    return at(1, 1, message, 'A configuration is a few lines long.');
  }
  try {
    return { table: parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return at(error.line, error.column, `This is not valid TOML: ${reason}.`, null);
  }
}

/** The parser tells no places: the first line that gives the key a value is shown. */
function placeOf(text: string, path: readonly PropertyKey[]): { readonly line: number; readonly column: number } {
  const names = path.filter((part) => typeof part === 'string');
  const lines = text.split('\n');
  for (const name of names.toReversed()) {
    const index = lines.findIndex((line) => {
      const trimmed = line.trim().replaceAll('"', '');
      return (
        trimmed.startsWith(`${name} `) || trimmed.startsWith(`${name}=`) || (trimmed.startsWith('[') && trimmed.includes(name))
      );
    });
    if (index >= 0) return { line: index + 1, column: 1 };
  }
  return { line: 1, column: 1 };
}

function decide(written: Written): readonly Draft[] {
  const isLenient = written['trailer-parsing'] === 'lenient';
  return [
    becomes(
      'A check of Actions',
      'checkName',
      'DCO',
      'is called after its job. Write its name here where a ruleset requires it.',
    ),
    becomes('The action', 'mayOverride', 'nobody', 'knows no override; admin, maintain or write would allow one.'),
    becomes('The action', 'certification', 'dco', 'asks for sign-offs and nothing else.'),
    becomes('The action', 'rules.dco.enforce', 'block', 'fails its check.'),
    isLenient
      ? becomes(
          'trailer-parsing: lenient',
          'rules.dco.trailers',
          'git',
          'the nearest. git reads the last paragraph; lenient several at the end.',
        )
      : becomes(`trailer-parsing: strict`, 'rules.dco.trailers', 'strict', 'every line of the last paragraph is a trailer.'),
    becomes('The action', 'rules.dco.agents', 'as-authors', "accepts an AI agent's own sign-off; human asks for a person's."),
    becomes('The action', 'rules.dco.remediation', 'off', 'knows no later sign-off; individual would allow it.'),
    ...bots(written),
    ...(written.comment === undefined ? [] : [comment(written.comment)]),
    ...exemptions(written['exempt-authors'] ?? []),
    ...aliases(written['alias-signoffs']?.aliases ?? {}),
  ];
}

function bots({ bots: group = {} }: Written): readonly Draft[] {
  const { policy = 'all', categories = [], allow = [] } = group;
  if (policy === 'all') {
    return [
      becomes(
        'bots.policy: all',
        'rules.dco.bots',
        'verified',
        'only bots whose commit a verified signature proves: anybody can write a bot as author.',
      ),
    ];
  }
  if (policy === 'none')
    return [becomes('bots.policy: none', 'rules.dco.bots', 'none', 'bots sign off like everybody.', ['bots', 'policy'])];
  const chosen = categories.length === 0 ? CATEGORIES : categories;
  const names: readonly string[] = policy === 'allowlist' ? allow : chosen.flatMap((category) => [...WELL_KNOWN[category]]);
  const known = names.flatMap((name) => IDS[name.toLowerCase()] ?? []);
  const unknown = names.filter((name) => IDS[name.toLowerCase()] === undefined);
  return [
    becomes(
      `bots.policy: ${policy}`,
      'rules.dco.bots',
      'listed',
      'bots are known by their account ids, and their commits need a verified signature.',
    ),
    becomes(
      `bots: ${names.filter((name) => !unknown.includes(name)).join(', ')}`,
      'rules.dco.botAccounts',
      known,
      'these are their ids.',
    ),
    ...unknown.map((name) =>
      todo(name, 'add its id to botAccounts where it contributes (`gh api users/NAME --jq .id`).', ['bots']),
    ),
  ];
}

function comment(isOn: boolean): Draft {
  const says = isOn
    ? 'Steward always tells a failing check in one comment, which it edits.'
    : 'Steward tells a failing check in one comment, which it edits; enforce: observe would stay silent.';
  return remark(`comment: ${String(isOn)}`, says, ['comment']);
}

function exemptions(addresses: readonly string[]): readonly Draft[] {
  const says =
    'an address in a commit proves nobody. Exempt accounts: put the people into a team, and write exempt: [team:SLUG], or [members].';
  return addresses.map((address) => todo(`exempt-authors: ${address}`, says, ['exempt-authors']));
}

function aliases(written: Readonly<Record<string, readonly string[]>>): readonly Draft[] {
  return Object.entries(written).flatMap(([identity, addresses]) =>
    addresses.map((address) =>
      todo(`alias of ${identity}`, `put this line into .mailmap on the base branch: <${identity}> <${address}>`, [
        'alias-signoffs',
        'aliases',
        identity,
      ]),
    ),
  );
}

const KEYS = {
  '': ['exempt-authors', 'trailer-parsing', 'comment', 'bots', 'alias-signoffs', 'ref'],
  bots: ['policy', 'categories', 'allow'],
  'alias-signoffs': ['aliases'],
} as const;

function unknownKeys(written: Written): readonly Draft[] {
  return (Object.keys(KEYS) as (keyof typeof KEYS)[]).flatMap((name) => {
    const group = name === '' ? written : (written[name] ?? {});
    const unknown = Object.keys(group).filter((key) => !(KEYS[name] as readonly string[]).includes(key));
    return unknown.map((key) => {
      const meant = didYouMean(key, KEYS[name]);
      return todo(
        `${name === '' ? '' : `${name}.`}${key}`,
        `is no key of the action and had no effect.${meant === null ? '' : ` ${meant}`}`,
        name === '' ? [key] : [name, key],
      );
    });
  });
}
