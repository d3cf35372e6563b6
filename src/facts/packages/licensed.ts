/** The packages that a contribution adds, each with what is known of its license. */
import { known, unknown, type Answer } from '../answer.ts';
import type { Ask, Question } from '../fact.ts';
import { repository } from '../repository.ts';
import type { GraphedPackage } from '../source.ts';
import { readExpression } from '../spdx/expression.ts';
import { isSameExpression } from '../spdx/same.ts';
import { addedPackages, type Added, type NamedPackage } from './added.ts';
import { expressionOf } from './declared.ts';
import type { Package, PackageLicense } from './package.ts';

export interface LicensedPackage extends Omit<NamedPackage, 'before'> {
  /** What is known of its license; unknown with the reason. */
  readonly licensed: Answer<PackageLicense>;
  /** What its registry says, where that is another license than its lock file states; null: nothing else is known. */
  readonly otherwise: PackageLicense | null;
  /** The version that was there before, from the same place and for the same use; null: none was. */
  readonly before: Before | null;
}

export interface Before {
  /** Null: a range was named. */
  readonly version: string | null;
  /** In SPDX's words; null: not known. */
  readonly expression: string | null;
}

export interface Licensed extends Omit<Added, 'packages'> {
  readonly packages: readonly LicensedPackage[];
}

/** Whose packages registries may be asked about. `public`: of public repositories, so that no private name leaves Steward. */
export type Asking = 'public' | 'always' | 'never';

/**
 * Each added package with its license: as its lock file states it, as GitHub's dependency graph does, or as its registry does. What
 * is kept of registries is compared with what lock files state; `isConfirmed`: registries are asked for that too.
 */
export function licensedPackages(asking: Asking, isConfirmed: boolean): Question<Licensed> {
  return {
    key: `licensed-packages:${asking}:${isConfirmed}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (source, ask) => {
      const found = await ask(addedPackages());
      if (!found.known) return found;
      const { packages, ...rest } = found.value;
      const graph = await graphOf(packages, ask);
      const locked = packages.filter((one) => statedIn(one) !== null);
      const open = packages.filter((one) => statedIn(one) === null && !graph.has(one.packageUrl));
      const old = packages.flatMap(({ before }) => (before === null || statedIn(before) !== null ? [] : [before]));
      const lookUp = async (some: readonly Package[], may: boolean): Promise<Looked> =>
        zipped(some, some.length === 0 ? [] : await source.packageLicenses(some, may));
      const asked = isConfirmed ? [...open, ...locked] : open;
      const kept = await lookUp(isConfirmed ? old : [...locked, ...old], false);
      const looked = await lookUp(asked, asked.length > 0 && (await mayAsk(asking, ask)));
      const told: Looked = new Map([...kept, ...looked]);
      return known({
        packages: packages.map((one) => ({ ...one, ...licenseOf(one, graph, told, isConfirmed), before: earlier(one, told) })),
        ...rest,
      });
    },
  };
}

type Looked = ReadonlyMap<Package, Answer<PackageLicense>>;

function zipped(packages: readonly Package[], answers: readonly Answer<PackageLicense>[]): Looked {
  return new Map(packages.map((one, index) => [one, answers[index] ?? NOT_TOLD]));
}

const NOT_TOLD = { known: false, reason: 'nobody told it' } as const;

type Told = Pick<LicensedPackage, 'licensed' | 'otherwise'>;

function licenseOf(one: NamedPackage, graph: ReadonlyMap<string, PackageLicense>, looked: Looked, isConfirmed: boolean): Told {
  const stated = statedIn(one);
  const answer = looked.get(one) ?? NOT_TOLD;
  if (stated !== null) return compared(stated, answer, isConfirmed);
  const graphed = graph.get(one.packageUrl);
  return { licensed: graphed ? known(graphed) : answer, otherwise: null };
}

/**
 * A lock file copies what the public registry says: npm writes the license of each package. The contributor writes that file, so it
 * is not believed of packages from other places, which anybody makes, nor against what is known of the registry.
 */
function statedIn({ license: declared, origin }: Package): PackageLicense | null {
  if (declared === null || origin.kind !== 'registry' || origin.registry !== null) return null;
  return { declared, expression: expressionOf(declared), source: 'lock file', url: null };
}

function compared(stated: PackageLicense, answer: Answer<PackageLicense>, isConfirmed: boolean): Told {
  const declared = (stated.declared ?? '').slice(0, 100);
  const unconfirmed = (reason: string): Told => ({
    licensed: unknown(`its lock file says ${declared}, and that is not confirmed: ${reason}`),
    otherwise: null,
  });
  const asStated: Told = { licensed: known(stated), otherwise: null };
  if (!answer.known) return isConfirmed ? unconfirmed(answer.reason) : asStated;
  const { expression } = answer.value;
  if (isSame(stated, answer.value)) return asStated;
  if (expression === null) return isConfirmed ? unconfirmed('its registry states no license that can be read') : asStated;
  if (stated.expression === null) return { licensed: answer, otherwise: null };
  return { licensed: known(stated), otherwise: answer.value };
}

function isSame(one: PackageLicense, other: PackageLicense): boolean {
  if (one.declared === other.declared) return true;
  const [first, second] = [one, other].map(({ expression }) => (expression === null ? null : readExpression(expression)));
  return first?.known === true && second?.known === true && isSameExpression(first.value, second.value);
}

function earlier({ before }: NamedPackage, looked: Looked): Before | null {
  if (before === null) return null;
  const kept = looked.get(before);
  const license = statedIn(before) ?? (kept?.known === true ? kept.value : null);
  return { version: before.version, expression: license?.expression ?? null };
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
