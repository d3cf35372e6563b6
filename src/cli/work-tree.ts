/** Whether a work tree differs from its commit, asked without running any program that the clone's configuration names. */
import { GitFault, gitIn } from './git.ts';

/** True: tracked files differ from HEAD. Null: it could not be told. */
export async function isDirty(workTree: string): Promise<boolean | null> {
  const git = gitIn(workTree);
  try {
    const settings = await withoutFilters(workTree);
    const args = ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=all', '--no-renames'];
    const { stdout } = await git(args, { settings, timeout: 15_000 });
    return stdout.length > 0;
  } catch (error) {
    if (error instanceof GitFault) return null;
    throw error;
  }
}

/** Settings that empty every filter driver: git runs them to compare a file whose time stamp does not tell. */
async function withoutFilters(workTree: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await gitIn(workTree)(['config', '--list', '--name-only', '-z']);
  const drivers = stdout
    .toString('utf8')
    .split('\0')
    .flatMap((name) => /^(filter\..*)\.(?:clean|smudge|process|required)$/s.exec(name)?.[1] ?? []);
  return Object.fromEntries(
    [...new Set(drivers)].flatMap((driver) => [
      [`${driver}.clean`, ''],
      [`${driver}.process`, ''],
      [`${driver}.required`, 'false'],
    ]),
  );
}
