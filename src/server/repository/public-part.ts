/** What everybody may see of a repository's policy: nothing of files that not everybody can read, beyond what checks tell anyway. */
import type { EffectiveValue } from '../../policy/effective.ts';
import type { Document } from '../../policy/parse.ts';
import type { Repository } from '../../facts/source.ts';
import type { Belonging } from '../../views/effective-groups.ts';
import type { Explained } from '../../views/effective.ts';

/** Files of the policy that not everybody can read, by what people call them. */
export type Closed = ReadonlySet<string>;

/** Whether a repository is known to be public. */
export function isPublic(repository: Repository | null): boolean {
  if (repository === null || repository.isPrivate) return false;
  return (repository.visibility ?? 'public') === 'public' && repository.isFromGitHub !== false;
}

/**
 * The files that are not known to be public. A file of another account is public unless it names readers: GitHub gives others
 * nothing else. `isOpen` tells it of a repository of the same account.
 */
export async function closedFiles(
  documents: readonly Document[],
  owner: string,
  isOpen: (repo: string) => Promise<boolean>,
): Promise<Closed> {
  const closed = new Set<string>();
  for (const { file, readers } of documents) {
    const [, account = '', repo = ''] = /^([^/]+)\/([^:]+):/.exec(file.source) ?? [];
    const isOwn = account.toLowerCase() === owner.toLowerCase();
    const isReadable = isOwn ? await isOpen(repo) : readers.length === 0;
    if (!isReadable) closed.add(file.source);
  }
  return closed;
}

/** Leaves out what closed files say, but for how firmly a rule is held and the clause, which checks tell; and to what it does not belong. */
export function publicPart(explained: Explained, closed: Closed): Explained {
  const isOpen = ({ source }: { readonly source: string }): boolean => !closed.has(source);
  const isShown = ({ key, rule, origin }: EffectiveValue): boolean =>
    origin === 'default' || isOpen(origin) || (rule !== null && (key === 'enforce' || key === 'clause'));
  const belongs = (one: Belonging): boolean => isOpen(one) && one.state !== 'out';
  return {
    ...explained,
    missing: explained.missing.filter(isOpen),
    groups: explained.groups.filter(belongs),
    pilots: explained.pilots.filter(belongs),
    values: explained.values.filter(isShown),
    notices: explained.notices.filter(isOpen),
    rules: explained.rules.map((rule) => ({
      ...rule,
      values: rule.values.filter(isShown),
      // A notice on an open file tells the value of the file that stands against it.
      notices: closed.size > 0 ? [] : rule.notices,
    })),
  };
}
