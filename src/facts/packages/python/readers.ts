/** The files of Python projects that name packages. `setup.py` is not among them: it is code, and would have to be run. */
import { map, type Answer } from '../../answer.ts';
import { mentionedLines } from '../mentioned-lines.ts';
import type { Manifest, PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { readToml } from '../toml.ts';
import { own } from '../tree.ts';
import { readPipfileLock, readTables } from './locks.ts';
import { tablePackages } from './poetry.ts';
import { readPyproject } from './pyproject.ts';
import { isForDevelopment, isInFolder, isRequirements, requirementsReader } from './requirements.ts';
import { readSetupCfg } from './setup-cfg.ts';
import { readUvLock } from './uv.ts';

const ecosystem = 'pypi';

export const readers: readonly PackageReader[] = [
  { role: 'manifest', ecosystem, matches: named(/^pyproject\.toml$/), read: readPyproject },
  { role: 'manifest', ecosystem, matches: named(/^setup\.cfg$/), read: readSetupCfg },
  { role: 'manifest', ecosystem, matches: named(/^Pipfile$/), read: readPipfile },
  { role: 'lock', ecosystem, matches: named(/^uv\.lock$/), read: readUvLock },
  { role: 'lock', ecosystem, matches: named(/^(?:poetry|pdm)\.lock$|^pylock(?:\.[^.]+)?\.toml$/), read: readTables },
  { role: 'lock', ecosystem, matches: named(/^Pipfile\.lock$/), read: readPipfileLock },
  ...(['', 'requirements/'] as const).flatMap((folder) =>
    (['development', 'runtime'] as const).map((usage): PackageReader => ({
      role: 'manifest',
      ecosystem,
      matches: (path) =>
        isRequirements(path) && isInFolder(path) === (folder !== '') && isForDevelopment(path) === (usage === 'development'),
      read: requirementsReader(usage, folder),
    })),
  ),
];

function named(pattern: RegExp): (path: string) => boolean {
  return (path) => pattern.test(nameOf(path));
}

/** A Pipfile describes no package, and names those of its two tables. */
function readPipfile(source: string): Answer<Manifest> {
  const line = mentionedLines(source);
  const nothing = { name: null, version: null, license: null, licenseFile: null, isPrivate: false, isScaffold: false };
  return map(readToml(source), ({ value }) => ({
    ecosystem,
    ...nothing,
    dependencies: [
      ...tablePackages(own(value, 'packages'), 'runtime', line),
      ...tablePackages(own(value, 'dev-packages'), 'development', line),
    ],
  }));
}
