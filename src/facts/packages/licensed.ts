/** The packages that a contribution adds, each with what is known of its license. */
import { known, type Answer } from '../answer.ts';
import type { Ask, Question } from '../fact.ts';
import { repository } from '../repository.ts';
import type { GraphedPackage } from '../source.ts';
import { addedPackages, type Added, type NamedPackage } from './added.ts';
import { expressionOf } from './declared.ts';
import type { PackageLicense } from './package.ts';

export interface LicensedPackage extends NamedPackage {
  /** What is known of its license; unknown with the reason. */
  readonly licensed: Answer<PackageLicense>;
}

export interface Licensed extends Pick<Added, 'unread'> {
  readonly packages: readonly LicensedPackage[];
}

/** Whose packages registries may be asked about. `public`: of public repositories, so that no private name leaves Steward. */
export type Asking = 'public' | 'always' | 'never';

/** Each added package with its license: as its lock file states it, as GitHub's dependency graph does, or as its registry does. */
export function licensedPackages(asking: Asking): Question<Licensed> {
  return {
    key: `licensed-packages:${asking}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (source, ask) => {
      const found = await ask(addedPackages());
      if (!found.known) return found;
      const { packages, unread } = found.value;
      const graph = await graphOf(packages, ask);
      const stated = packages.map((one) => statedIn(one) ?? graph.get(one.packageUrl) ?? null);
      const open = packages.filter((_, index) => stated[index] === null);
      const looked = open.length === 0 ? [] : await source.packageLicenses(open, await mayAsk(asking, ask));
      const answers = new Map(open.map((one, index) => [one, looked[index]]));
      return known({
        packages: packages.map((one, index) => {
          const given = stated[index];
          return { ...one, licensed: given ? known(given) : (answers.get(one) ?? NOT_TOLD) };
        }),
        unread,
      });
    },
  };
}

const NOT_TOLD = { known: false, reason: 'nobody told it' } as const;

/** A lock file copies what the registry says: npm writes the license of each package. */
function statedIn({ license: declared }: NamedPackage): PackageLicense | null {
  return declared === null ? null : { declared, expression: expressionOf(declared), source: 'lock file', url: null };
}

/** Ecosystems whose files alone do not say what is installed; GitHub's dependency graph may. */
const GRAPHED: readonly string[] = ['maven'];

async function graphOf(packages: readonly NamedPackage[], ask: Ask): Promise<ReadonlyMap<string, PackageLicense>> {
  if (!packages.some(({ ecosystem }) => GRAPHED.includes(ecosystem))) return new Map();
  const graph = await ask(graphed());
  const rows = graph.known ? (graph.value ?? []) : [];
  return new Map(
    rows.flatMap(({ packageUrl, license }) =>
      license === null
        ? []
        : [
            [
              packageUrl,
              { declared: license, expression: expressionOf(license), source: 'dependency graph', url: null },
            ] as const,
          ],
    ),
  );
}

function graphed(): Question<readonly GraphedPackage[] | null> {
  return { key: 'graphed', permissions: ['contents'], answer: (source) => source.graphed() };
}

/** Whether names of this repository's packages may be told to registries. */
async function mayAsk(asking: Asking, ask: Ask): Promise<boolean> {
  if (asking !== 'public') return asking === 'always';
  const seen = await ask(repository());
  return seen.known && !seen.value.isPrivate && seen.value.isFromGitHub !== false;
}
