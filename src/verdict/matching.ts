/** Matches what findings are about with the patterns of waivers: each pair once, and no more pairs than anybody needs. */
import { isMatch, type Glob } from '../facts/license/glob.ts';
import { isPackageNamed } from '../rules/licensing/package-pattern.ts';

export interface Matching {
  readonly path: (glob: Glob, path: string) => boolean;
  readonly package: (pattern: string, packageUrl: string) => boolean;
}

/** Ordinary rules match a few hundred pairs. Whoever writes patterns must not be able to make Steward slow for others. */
export const MOST_MATCHES = 50_000;

/** For the findings of one rule. Beyond `most` pairs nothing matches any more, so that what is left stays open. */
export function matching(most = MOST_MATCHES): Matching {
  const known = new Map<string, Map<Glob | string, boolean>>();
  let left = most;
  const once = (about: string, pattern: Glob | string, ask: () => boolean): boolean => {
    const answers = known.get(about) ?? new Map<Glob | string, boolean>();
    known.set(about, answers);
    const before = answers.get(pattern);
    if (before !== undefined) return before;
    left -= 1;
    const answer = left >= 0 && ask();
    answers.set(pattern, answer);
    return answer;
  };
  return {
    path: (glob, path) => once(path, glob, () => isMatch(glob, path)),
    package: (pattern, packageUrl) => once(packageUrl, pattern, () => isPackageNamed(pattern, packageUrl)),
  };
}
