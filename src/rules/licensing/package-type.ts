/** The types of package URL that Steward writes, so that a pattern of another one is a slip rather than silence. */
import { nearest } from '../../facts/spdx/nearest.ts';

const TYPES: readonly string[] = ['npm', 'cargo', 'pypi', 'golang', 'maven', 'hackage', 'github', 'generic'];

/** What people write instead. Packages of Aiken and Nix are repositories. */
const OFTEN: ReadonlyMap<string, string> = new Map([
  ['go', 'golang'],
  ['crates', 'cargo'],
  ['rust', 'cargo'],
  ['python', 'pypi'],
  ['pip', 'pypi'],
  ['java', 'maven'],
  ['gradle', 'maven'],
  ['haskell', 'hackage'],
  ['cabal', 'hackage'],
  ['chap', 'hackage'],
  ['pnpm', 'npm'],
  ['yarn', 'npm'],
  ['aiken', 'github'],
  ['nix', 'github'],
]);

/** Why no package can ever have such a URL, in a sentence; null: the type is one that Steward reads, or there is none to judge. */
export function typeProblem(pattern: string): string | null {
  const [, type = '', rest = ''] = /^pkg:([a-z0-9.+-]{1,40})(\/.*)$/.exec(pattern) ?? [];
  if (type === '' || TYPES.includes(type)) return null;
  const meant = OFTEN.get(type) ?? TYPES.find((one) => ordered(one) === ordered(type)) ?? nearest(type, TYPES);
  const hint = meant === null ? `there are ${TYPES.join(', ')}` : `did you mean pkg:${meant}${rest.slice(0, 100)}?`;
  return `Expected a package URL of a type that Steward reads; ${type} is none (${hint}).`;
}

/** Letters that changed places are two slips to `nearest`, and too many for a word of three. */
function ordered(type: string): string {
  return Array.from(type).sort().join('');
}
