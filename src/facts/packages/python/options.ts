/** The options that a requirements file may hold a line of (pip's "Requirements File Format"), as pip reads them. */

/** The long name, and what belongs to it; an option that pip does not know in these files keeps its own name. */
export interface Option {
  readonly name: string;
  readonly value: string;
}

/** Those with a value, by their long names. */
const VALUED = [
  '--index-url',
  '--extra-index-url',
  '--find-links',
  '--requirement',
  '--constraint',
  '--editable',
  '--no-binary',
  '--only-binary',
  '--trusted-host',
  '--use-feature',
];
const FLAGS = ['--no-index', '--pre', '--prefer-binary', '--require-hashes'];
const SHORT: ReadonlyMap<string, string> = new Map([
  ['-i', '--index-url'],
  ['-f', '--find-links'],
  ['-r', '--requirement'],
  ['-c', '--constraint'],
  ['-e', '--editable'],
]);

/** Values may follow a blank, `=`, or a short name at once: `-r a`, `--requirement=a`, `-ra`; long names may be cut short: `--req a`. */
export function optionsOf(line: string): readonly Option[] {
  const words = line.split(/\s+/);
  const found: Option[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const { name, value } = split(words[at] ?? '');
    // An editable may be followed by a marker, which is for whoever reads the requirement.
    if (name === '--editable') return [...found, { name, value: [value ?? '', ...words.slice(at + 1)].join(' ').trim() }];
    const takesNext = value === null && VALUED.includes(name);
    if (takesNext) at += 1;
    found.push({ name, value: value ?? (takesNext ? (words[at] ?? '') : '') });
  }
  return found;
}

function split(word: string): { readonly name: string; readonly value: string | null } {
  const short = SHORT.get(word.slice(0, 2));
  if (short !== undefined) return { name: short, value: word.slice(2).replace(/^=/, '') || null };
  const equals = word.indexOf('=');
  const [name, value] = equals < 0 ? [word, null] : [word.slice(0, equals), word.slice(equals + 1)];
  const meant = name.startsWith('--') ? [...VALUED, ...FLAGS].filter((one) => one.startsWith(name)) : [];
  return { name: meant.includes(name) || meant.length !== 1 ? name : (meant[0] ?? name), value };
}

/** These bring no package from anywhere; words that start with no dash belong to the option before them. */
export function isHarmless({ name }: Option): boolean {
  return !name.startsWith('-') || HARMLESS.has(name);
}

const HARMLESS = new Set([...FLAGS, '--no-binary', '--only-binary', '--trusted-host', '--use-feature', '--hash']);
