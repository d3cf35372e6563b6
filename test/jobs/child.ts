/** A Steward of its own process, to be killed: enqueues what it is told, then runs jobs that never end and says so. */
import { openStore } from '../../src/server/jobs/open.ts';
import { enqueue, IMPATIENT, pull } from './stage.ts';

interface Order {
  readonly place: { readonly dataFolder?: string; readonly databaseUrl?: string };
  readonly numbers: readonly number[];
}

const { place, numbers } = JSON.parse(process.argv[2] ?? '') as Order;
const store = await openStore({ ...place, tuning: { ...IMPATIENT, concurrency: 2 } });
await enqueue(store, ...numbers.map((number) => pull(number)));
await store.jobs.start(({ subject }) => {
  process.stdout.write(`${JSON.stringify(subject)}\n`);
  return new Promise(() => undefined);
});
// A promise alone does not keep a process alive.
setInterval(() => undefined, 60_000);
