/** Writes the pages about rules from the rules themselves and their examples, so that no page can say anything else. */
import { z } from 'zod';
import { plain } from '../facts/words.ts';
import { examples, type AnyExample } from '../rules/examples.ts';
import { TIGHTENING } from '../policy/tightening.ts';
import { rules } from '../rules/index.ts';
import type { AnyRule, Finding, Options } from '../rules/rule.ts';
import { FILES, schemaText } from '../server/schemas.ts';
import { categoryPage } from './category-page.ts';

const NOTE = '<!-- Written by `npm run docs` from the rule and its examples. -->';
const CATEGORIES_NOTE = '<!-- Written by `npm run docs` from the categories that are shipped. -->';
const ON = {
  contribution: 'Asked of pull requests.',
  repository: 'Asked of repositories, and of pull requests for what they add or worsen.',
  'default-branch': 'Asked of repositories, for what is on their default branch.',
} as const;
const MAY: Readonly<Record<string, string>> = TIGHTENING;
const SIGNS: Readonly<Record<Finding['outcome'], string>> = { pass: '✅', fail: '❌', exempt: '➖', unknown: '❔' };

/** Every generated document: path from the root of the project → content. Others add theirs to it. */
export function documents(): Map<string, string> {
  const pages = rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule, examples.get(rule.id) ?? [])] as const);
  const schemas = FILES.map((kind) => [`policies/schema/${kind}.schema.json`, schemaText(kind, rules)] as const);
  return new Map([
    ['docs/rules/README.md', index()],
    ...pages,
    ['docs/licenses-categories.md', categoryPage(CATEGORIES_NOTE)],
    ...schemas,
  ]);
}

/** The page about one rule. */
export function rulePage(rule: AnyRule, cases: readonly AnyExample[]): string {
  return blocks([
    `# ${rule.title}`,
    NOTE,
    `Rule \`${rule.id}\`. ${ON[rule.on]}`,
    '## Why',
    rule.why.trim(),
    '## How to fix it',
    rule.fix.trim(),
    '## Options',
    optionTable(rule.options as Options),
    policyExample(rule),
    '## Examples',
    ...cases.map(exampleSection),
  ]);
}

function index(): string {
  const rows = rules.map(({ id, title, on }) => `| [\`${id}\`](${id}.md) | ${title} | ${ON[on]} |`);
  return blocks([
    '# Rules',
    NOTE,
    ['| Rule | What is true when it passes | Of what |', '| --- | --- | --- |', ...rows].join('\n'),
  ]);
}

interface Property {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly tighten?: string;
}

function optionTable(options: Options): string {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>;
  };
  const rows = Object.entries(properties).map(([name, option]) => {
    const cells = [
      `\`${name}\``,
      typeOf(option),
      `\`${JSON.stringify(option.default)}\``,
      MAY[option.tighten ?? 'fixed'] ?? '',
      option.description ?? '',
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const head = ['| Option | Type | Default | A repository may | Meaning |', '| --- | --- | --- | --- | --- |'];
  return rows.length === 0 ? 'None.' : [...head, ...rows].join('\n');
}

function typeOf({ type, enum: values, items, anyOf }: Property): string {
  if (anyOf) return anyOf.map(typeOf).join(' or ');
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (type === 'array' && items) return `list of ${items.enum ? typeOf(items) : `${typeOf(items)}s`}`;
  return typeof type === 'string' ? type : (type?.join(' or ') ?? 'any');
}

function policyExample({ id, options }: AnyRule): string {
  const defaults = Object.entries((options as Options).parse({}));
  const lines = defaults.map(([name, value]) => `    ${name}: ${flow(value)}`).filter(({ length }) => length <= WIDEST);
  return ['```yaml', 'rules:', `  ${id}:`, '    enforce: warn', ...lines, '```'].join('\n');
}

/** Longer defaults are in the table, and help nobody who copies the example. */
const WIDEST = 120;

/** A default as YAML, on one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  return typeof value === 'string' && /^[a-z][\w-]*$/i.test(value) ? value : JSON.stringify(value);
}

function exampleSection({ name, options, findings }: AnyExample): string {
  const chosen = options === undefined ? '' : `With \`${JSON.stringify(options)}\`:`;
  const told = findings.length === 0 ? 'Nothing is found.' : findings.map(findingItem).join('\n');
  return blocks([`### ${name.charAt(0).toUpperCase()}${name.slice(1)}`, chosen, told]).trimEnd();
}

function findingItem({ outcome, says, fix, commands, reply, paste }: AnyExample['findings'][number]): string {
  const step = (fix === undefined ? '' : `\n  ${text(fix)}`) + (reply === undefined ? '' : `\n  Comment: \`${reply}\``);
  const code = commands === undefined ? '' : fenced('sh', commands);
  const message =
    paste === undefined ? '' : `\n\n  Or the message of one more commit on github.com:${fenced('text', paste.split('\n'))}`;
  return `- ${SIGNS[outcome]} **${outcome}** ${text(says)}${step}${code}${message}`;
}

/** A block of code within an item of a list. */
function fenced(language: string, lines: readonly string[]): string {
  return `\n\n  \`\`\`${language}\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n  \`\`\``;
}

/** Text of an example as it is: names and addresses in it are not Markdown. */
function text(words: string): string {
  return plain([{ quote: words }]).replace(/[\\`*_<>[\]]/g, String.raw`\$&`);
}

function cell(content: string): string {
  return content.replaceAll('|', String.raw`\|`).replace(/\s+/g, ' ');
}

function blocks(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
