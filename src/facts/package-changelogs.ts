/** Change logs beside packages: some projects keep one for each package and none at the root, and that is fine. */
import { known } from './answer.ts';
import { COMMUNITY, kindOf } from './community-names.ts';
import type { Question } from './fact.ts';
import { join, listing, type Placed } from './files.ts';

/** Folders that one call can fetch together with room to spare. */
const MOST = 8;

/** Change logs in folders at the root that are named after the repository, as packages are: `lsm-tree/` of lsm-tree. */
export function packageChangelogs(side: 'head' | 'base', repository: string): Question<readonly string[]> {
  return {
    key: `package-changelogs:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      if (!root.known) return root;
      const folders = likely(root.value ?? [], repository);
      // Together, so that a source can fetch them in one call. Where the contribution touches nothing, the base's listing is the same.
      const listings = await Promise.all(
        folders.map((folder) => ask(listing(folder.tree === 'base' ? 'base' : side, folder.name))),
      );
      const found = folders.flatMap(({ name: folder }, index) => {
        const entries = listings[index];
        const log =
          entries?.known && entries.value?.find(({ name, kind }) => kind === 'file' && kindOf('changelog').isNamed(name));
        return log ? [join(folder, log.name)] : [];
      });
      const [first] = found;
      if (first !== undefined) return known([first]);
      return listings.find((entries) => !entries.known) ?? known([]);
    },
  };
}

/** The folder of the repository's own name first, then those that share its first word. */
function likely(entries: readonly Placed[], repository: string): readonly Placed[] {
  const own = repository.toLowerCase();
  const [word = own] = own.split(/[-_.]/, 1);
  const rank = (name: string): number =>
    name === own ? 0 : name.startsWith(`${own}-`) ? 1 : word.length > 2 && name.startsWith(word) ? 2 : 3;
  return entries
    .filter(({ name, kind }) => kind === 'directory' && rank(name.toLowerCase()) < 3)
    .sort((a, b) => rank(a.name.toLowerCase()) - rank(b.name.toLowerCase()))
    .slice(0, MOST);
}
