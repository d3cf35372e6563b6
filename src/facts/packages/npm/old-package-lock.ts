/** package-lock.json of version 1, which npm wrote until its version 6: packages within packages. */
import { map, type Answer } from '../../answer.ts';
import { readJson } from '../json.ts';
import type { Lock, Package } from '../package.ts';
import { entries, isGroup, own, text } from '../tree.ts';
import { named } from './names.ts';
import { REGISTRY } from './origin.ts';
import { exactVersion, splitAt } from './written.ts';
import { installed } from './tarball.ts';

/** Each package within another is two levels deeper; more than these have no line. */
const DEPTH_OF_LINES = 12;

/** What stands first in the list is read next: the order of the file. */
interface Open {
  readonly path: readonly string[];
  readonly entry: unknown;
}

/** Of a text that is JSON already. The file tells neither licenses nor what the project names itself. */
export function readOldLock(source: string, value: unknown): Answer<Lock> {
  return map(readJson(source, DEPTH_OF_LINES), ({ line }) => {
    const packages: Package[] = [];
    const open: Open[] = within([], value);
    for (let next = open.pop(); next; next = open.pop()) {
      const found = packageOf(next.path.at(-1) ?? '', next.entry, line(...next.path));
      if (found) packages.push(found);
      open.push(...within(next.path, next.entry));
    }
    return { ecosystem: 'npm' as const, ...named(packages) };
  });
}

function within(path: readonly string[], entry: unknown): Open[] {
  return entries(own(entry, 'dependencies'))
    .map(([name, dependency]) => ({ path: [...path, 'dependencies', name], entry: dependency }))
    .reverse();
}

function packageOf(key: string, entry: unknown, line: number | null): Package | null {
  const name = text(key);
  if (name === null || !isGroup(entry)) return null;
  const written = text(own(entry, 'version'));
  const alias = written?.startsWith('npm:') ? splitAt(written.slice('npm:'.length)) : null;
  const version = alias ? alias.rest : written === null ? null : exactVersion(written);
  // Where there is no version, its place holds the address.
  const address = text(own(entry, 'resolved')) ?? (version === null ? written : null);
  const called = { name: alias?.name ?? name, version };
  return {
    ecosystem: 'npm',
    ...(address === null ? { ...called, origin: REGISTRY } : installed(called, address)),
    constraint: null,
    usage: own(entry, 'dev') === true ? 'development' : 'runtime',
    isDirect: null,
    license: null,
    line,
  };
}
