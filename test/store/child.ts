/** A process of its own, to be killed: enters what it is told in the register, says so, and waits. */
import type { Entry } from '../../src/facts/register.ts';
import { openStore } from '../../src/server/jobs/open.ts';

interface Order {
  readonly place: { readonly dataFolder?: string; readonly databaseUrl?: string };
  readonly entry: Entry;
}

const { place, entry } = JSON.parse(process.argv[2] ?? '') as Order;
const store = await openStore(place);
await store.enter(entry);
process.stdout.write('entered\n');
setInterval(() => undefined, 60_000);
