/** The store on an open database: each question has a file of its own. */
import type { Database } from './database.ts';
import { deliveries } from './deliveries.ts';
import { facts } from './facts.ts';
import { installations } from './installations.ts';
import { policies } from './policies.ts';
import { publications } from './publications.ts';
import { register } from './register.ts';
import { renameRepository } from './rename.ts';
import type { Store } from './store.ts';
import { upkeep } from './upkeep.ts';
import { verdicts } from './verdicts.ts';

/** Everything `Store` promises, on SQLite or PostgreSQL alike. */
export function storeOn(database: Database): Store {
  return {
    transaction: (work) => database.transaction(work),
    ...deliveries(database),
    ...installations(database),
    ...policies(database),
    ...publications(database),
    ...verdicts(database),
    ...facts(database),
    ...register(),
    renameRepository,
    ...upkeep(database),
  };
}
