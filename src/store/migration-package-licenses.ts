/** The step that makes room for what registries say about packages. */
import type { Kysely } from 'kysely';
import { index, key, required, table } from './schema.ts';

export async function createPackageLicenses(db: Kysely<unknown>): Promise<void> {
  await table(db, 'package_licenses')
    .addColumn('package_key', 'text', key)
    .addColumn('declared', 'text')
    .addColumn('expression', 'text')
    .addColumn('source', 'text')
    .addColumn('url', 'text')
    .addColumn('reason', 'text')
    .addColumn('found_at', 'text', required)
    .addColumn('until', 'text')
    .addColumn('used_at', 'text', required)
    .execute();
  await index(db, 'package_licenses', ['used_at']).execute();
  await index(db, 'package_licenses', ['until']).execute();
}
