/** What registries said about packages, looked up once for all organizations; nothing here tells for whom. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { LicenseSource, PackageLicense } from '../facts/packages/package.ts';
import type { Database } from './database.ts';
import { pack, unpack } from './json.ts';
import { portions } from './portions.ts';
import type { KeptLicense, Store } from './store.ts';
import type { PackageLicenses } from './tables.ts';

type Licenses = Pick<Store, 'packageLicenses' | 'keepPackageLicenses'>;

/** That something is still in use is noted no more often: a write for every read would wait for the disk each time. */
const NOTED = 30 * 86_400_000;

export function packageLicenses(database: Database): Licenses {
  return {
    packageLicenses: async (keys) => {
      const now = database.now().toISOString();
      const found: PackageLicenses[] = [];
      for (const portion of portions([...new Set(keys)])) {
        const rows = await database
          .query()
          .selectFrom('package_licenses')
          .selectAll()
          .where('package_key', 'in', portion)
          .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
          .execute();
        found.push(...rows);
      }
      await touch(database, found);
      return new Map(found.map((row) => [row.package_key, licenseOf(row)]));
    },

    keepPackageLicenses: async (kept) => {
      const now = database.now().toISOString();
      // One statement must not meet the same row twice.
      const rows = [...new Map(kept.map((one) => [one.key, rowOf(one, now)])).values()];
      for (const portion of portions(rows)) {
        await database
          .query()
          .insertInto('package_licenses')
          .values([...portion])
          .onConflict((conflict) =>
            conflict.column('package_key').doUpdateSet((from) => ({
              declared: from.ref('excluded.declared'),
              expression: from.ref('excluded.expression'),
              source: from.ref('excluded.source'),
              url: from.ref('excluded.url'),
              reason: from.ref('excluded.reason'),
              found_at: from.ref('excluded.found_at'),
              until: from.ref('excluded.until'),
              used_at: from.ref('excluded.used_at'),
            })),
          )
          .execute();
      }
    },
  };
}

function rowOf({ key, license, until }: KeptLicense, now: string): PackageLicenses {
  const common = { package_key: key, found_at: now, until, used_at: now };
  if (!license.known) return { ...common, ...NOTHING, reason: pack(license.reason) };
  const { declared, expression, source, url } = license.value;
  return { ...common, declared: declared === null ? null : pack(declared), expression, source, url, reason: null };
}

const NOTHING = { declared: null, expression: null, source: null, url: null };

function licenseOf({ declared, expression, source, url, reason }: PackageLicenses): Answer<PackageLicense> {
  if (reason !== null) return unknown(unpack<string>(reason));
  return known({
    declared: declared === null ? null : unpack<string>(declared),
    expression,
    source: source as LicenseSource,
    url,
  });
}

async function touch(database: Database, rows: readonly PackageLicenses[]): Promise<void> {
  const now = database.now();
  const old = rows.filter(({ used_at: usedAt }) => now.getTime() - Date.parse(usedAt) >= NOTED);
  for (const portion of portions(old.map((row) => row.package_key))) {
    await database
      .query()
      .updateTable('package_licenses')
      .set({ used_at: now.toISOString() })
      .where('package_key', 'in', portion)
      .execute();
  }
}
