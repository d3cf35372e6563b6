/** What a path in a manifest or a lock file leads to: a folder of this repository, or something that others made. */
import type { Origin } from './package.ts';

const ARCHIVE = /\.(?:tgz|tar(?:\.[a-z0-9]{1,4})?|tbz2?|txz|zip|whl|egg|jar|7z)$/i;

/** `/…`, `~/…`, `C:\…`, `https:…`: no path that starts at the file which names it. */
const ELSEWHERE = /^(?:[/\\~]|[a-z][a-z0-9+.-]*:)/i;

/**
 * A folder that lies beside or above the file may be one of the repository. An archive is not the project's own, though it be
 * committed, and what lies outside neither: both are archives, by their path.
 */
export function localOrigin(written: string): Origin {
  const path = written.replace(/^(?:\.\/)+(?=.)/, '');
  return ARCHIVE.test(path) || ELSEWHERE.test(path) ? { kind: 'archive', url: path } : { kind: 'own' };
}
