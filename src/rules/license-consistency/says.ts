/** How texts and licenses are named, and how the line of a manifest is written. */
import type { Ecosystem } from '../../facts/packages/package.ts';
import { code, words, type Words } from '../../facts/words.ts';
import type { Held, HeldText } from './compare.ts';
import { listed } from '../licensing/listed.ts';

/** The line that declares a license; null: manifests of this kind declare none. */
export function lineOf(path: string, ecosystem: Ecosystem, expression: string): string | null {
  switch (ecosystem) {
    case 'npm':
      return `"license": "${expression}"`;
    case 'hackage':
      return `license: ${expression}`;
    case 'pypi':
      return path.endsWith('.cfg') ? `license = ${expression}` : `license = "${expression}"`;
    case 'cargo':
    case 'aiken':
      return `license = "${expression}"`;
    case 'golang':
    case 'maven':
    case 'nix':
      return null;
  }
}

/** `LICENSE-APACHE` and `LICENSE-MIT`. */
export function pathsOf(texts: readonly HeldText[]): Words {
  return listed(
    texts.map(({ path }) => path),
    'and',
  );
}

/** What texts hold: `Apache-2.0 OR MIT`; both ids of a text of the GPL; `Apache-2.0` and `MIT` where nothing tells how they are meant. */
export function idsOf({ texts, expression }: Held): Words {
  if (expression !== null) return words`${code(expression)}`;
  const [only, ...others] = texts;
  if (only && others.length === 0) return listed(only.may, 'or');
  const names = texts.map(({ may: [first = ''] }) => first);
  return listed([...new Set(names)], 'and');
}
