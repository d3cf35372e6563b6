/** Reads YAML within bounds, and remembers where every key and value stands. */
import { constructFromEvents, parseEvents, YAMLException } from 'js-yaml';
import { oddSpaces } from './odd-space.ts';
import { placesOf, walk, type Flaw, type Place, type Positions } from './positions.ts';
import { quoted } from './problem.ts';

/** A policy larger than this is not read at all. */
export const MAX_BYTES = 256 * 1024;

/** Keys, values and their ends. A file that has more would hold up everybody else while it is read, and says less than it seems. */
const MAX_EVENTS = 60_000;

const TOO_MANY: Flaw = {
  line: 1,
  column: 1,
  path: [],
  message: `The file has more keys and values than can be read in a moment: at most about ${MAX_EVENTS / 2} of them.`,
  hint: 'Keep only the policy in this file; say what many repositories have in common in a group.',
};

/** A policy needs five levels; a file that nests deeper than this is no policy. */
const MAX_DEPTH = 20;

/** `value` is undefined when the text cannot be read as far as a value; an empty file is an empty mapping. */
export interface Yaml {
  readonly value: unknown;
  readonly positions: Positions;
  readonly problems: readonly Flaw[];
}

/** What a file is, for those who wrote something else into it. */
export interface Wanted {
  readonly is: string;
  readonly hint: string;
}

const POLICY: Wanted = {
  is: 'a policy is a group of keys such as "rules:"',
  hint: 'Start with "rules:" and write each rule below it, indented.',
};

/** The value of a text, the position of every key path, and everything that is wrong with it as YAML. Never throws. */
export function readYaml(text: string, wanted: Wanted = POLICY): Yaml {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const unfit = unfitness(source);
  if (unfit) return nothing(unfit);
  try {
    return read(source, wanted);
  } catch (error) {
    const odd = oddSpaces(source);
    return nothing(...(odd.length > 0 ? odd : [flawOf(error)]));
  }
}

/** Where one of these stands, only a walk tells whether the text means what it seems to: keys that are no words, and one that hides. */
const ODD = /[\]}]\s*:|(?:^|[\s{[,])\?\s|__proto__|\\[xuU]/;

/** The group of keys in a text in which nothing is wrong; undefined: something is or may be, which `readYaml` tells. Fast: no place is noted. */
export function plainGroup(text: string): Readonly<Record<string, unknown>> | undefined {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (unfitness(source) || ODD.test(source)) return undefined;
  try {
    const events = parseEvents(source, { maxDepth: MAX_DEPTH });
    if (events.length > MAX_EVENTS) return undefined;
    const values = constructFromEvents(events, { source, maxAliases: 0 });
    return values.length === 1 && isMapping(values[0]) ? (values[0] as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function read(source: string, wanted: Wanted): Yaml {
  const events = parseEvents(source, { maxDepth: MAX_DEPTH });
  if (events.length > MAX_EVENTS) return nothing(TOO_MANY);
  const { positions, flaws, isReadable } = walk(events, source);
  if (!isReadable) return { value: undefined, positions, problems: flaws };
  // Repeated keys are flaws already; `json` lets the rest of the file be judged too.
  const value = constructFromEvents(events, { source, maxAliases: 0, json: true })[0] ?? {};
  if (isMapping(value)) return { value, positions, problems: flaws };
  return { value: undefined, positions, problems: [...flaws, notMapping(value, positions.value([]), wanted)] };
}

function unfitness(source: string): Flaw | null {
  const bytes = Buffer.byteLength(source);
  if (bytes > MAX_BYTES) {
    const message = `The file is ${Math.ceil(bytes / 1024)} KiB; a policy has at most ${MAX_BYTES / 1024} KiB.`;
    return { line: 1, column: 1, path: [], message, hint: 'Keep only the policy in this file.' };
  }
  const odd = source.search(/[\0\uFFFD]/);
  if (odd === -1) return null;
  const message = 'The file is not text in UTF-8; a policy is YAML in UTF-8.';
  return { ...placesOf(source)(odd), path: [], message, hint: 'Save it again as UTF-8 text.' };
}

function notMapping(value: unknown, place: Place, { is, hint }: Wanted): Flaw {
  const what = Array.isArray(value) ? 'a list' : typeof value === 'string' ? `the text ${quoted(value)}` : 'a single value';
  return { ...place, path: [], message: `The file holds ${what}; ${is}.`, hint };
}

/** js-yaml throws `YAMLException` with a place counted from zero; anything else is unexpected, and still no crash. */
function flawOf(error: unknown): Flaw {
  if (!(error instanceof YAMLException)) {
    return { line: 1, column: 1, path: [], message: 'The file cannot be read as YAML.', hint: null };
  }
  const line = (error.mark?.line ?? 0) + 1;
  const column = (error.mark?.column ?? 0) + 1;
  return { line, column, path: [], message: `This is not valid YAML: ${error.reason}.`, hint: advice(error.reason) };
}

function advice(reason: string): string | null {
  if (reason.startsWith('tab characters')) return 'Indent with spaces.';
  if (reason.startsWith('nesting exceeded')) return 'A policy has at most five levels; write it without the extra nesting.';
  if (reason.startsWith('bad indentation'))
    return 'Keys of one group start in the same column and end in a colon; text with ": " in it needs quotes.';
  if (reason.startsWith('unknown') && reason.includes(' tag '))
    return 'A policy needs no tags: remove the word that starts with "!".';
  if (reason === 'deficient indentation') return 'Check that every bracket and quote above is closed.';
  if (reason.includes('flow collection')) return 'Check that every [ and { is closed, with commas between the entries.';
  if (reason.includes('quoted scalar')) return 'Check that every quote is closed.';
  return null;
}

function nothing(...flaws: readonly Flaw[]): Yaml {
  return { value: undefined, positions: walk([], '').positions, problems: flaws };
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
