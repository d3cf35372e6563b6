/** The store on an open database: each question has a file of its own. */
import { agreements } from './agreements.ts';
import { awaited } from './awaited.ts';
import { certified } from './certified.ts';
import { chain } from './chain.ts';
import type { Database } from './database.ts';
import { deliveries } from './deliveries.ts';
import { extendedBy } from './extended-by.ts';
import { facts } from './facts.ts';
import { installations } from './installations.ts';
import { packageLicenses } from './package-licenses.ts';
import { policies } from './policies.ts';
import { previews } from './previews.ts';
import { publications } from './publications.ts';
import { register } from './register.ts';
import { renamedOwner } from './rename-owner.ts';
import { rename } from './rename.ts';
import { said } from './said.ts';
import type { Store } from './store.ts';
import { stored } from './stored.ts';
import { upkeep } from './upkeep.ts';
import { verdicts } from './verdicts.ts';
import { verify } from './verify.ts';
import { waivers } from './waivers.ts';
import { writes } from './writes.ts';

/** Everything `Store` promises, on SQLite or PostgreSQL alike. */
export function storeOn(database: Database): Store {
  return {
    transaction: (work) => database.transaction(work),
    ...deliveries(database),
    ...installations(database),
    ...policies(database),
    ...packageLicenses(database),
    ...publications(database),
    ...verdicts(database),
    ...facts(database),
    ...stored(database),
    ...extendedBy(database),
    ...waivers(database),
    ...previews(database),
    ...writes(database),
    ...said(database),
    ...certified(database),
    ...agreements(database),
    ...chain(database),
    ...register(database),
    ...verify(database),
    ...awaited(database),
    ...rename(database),
    ...renamedOwner(database),
    ...upkeep(database),
  };
}
