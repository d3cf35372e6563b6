/** Keeps how the repositories were when a pilot began, and when it ended: once, and never changed. */
import type { Pilot } from '../../policy/managed.ts';
import type { Log, Store } from '../../store/store.ts';
import { readMeasurement, type Measurement } from '../../verdict/measurement.ts';
import { stateOf } from '../../verdict/pilot.ts';
import { fleetOf, measured, type Fleet, type FleetStore } from './fleet.ts';
import { planOf, type Plan, type PlanPorts } from './plan.ts';

export interface BaselinePorts extends PlanPorts {
  readonly store: PlanPorts['store'] & FleetStore & Pick<Store, 'installations' | 'snapshot' | 'keepSnapshot'>;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/** A pilot with the moment that is to be kept. */
interface Due {
  readonly pilot: Pilot;
  readonly name: string;
}

/**
 * Measures every pilot whose first day has come, or whose last day is over, and that was not measured then. To be called once a day.
 * One account that cannot be measured does not keep the others from it.
 */
export async function keepBaselines(ports: BaselinePorts, now: Date): Promise<void> {
  const installations = await ports.store.installations();
  for (const { owner } of installations.filter(({ isSuspended }) => !isSuspended)) {
    try {
      await keepFor(owner, ports, now);
    } catch (error) {
      ports.log.warn({ err: error, owner }, 'the pilots of an account could not be measured; tomorrow they will be');
    }
  }
}

/** How the repositories were at the start and at the end of a pilot; null: they were not measured then. */
export async function keptMeasurements(
  owner: string,
  { name }: Pick<Pilot, 'name'>,
  store: Pick<Store, 'snapshot'>,
): Promise<{ readonly start: Measurement | null; readonly end: Measurement | null }> {
  const [start, end] = [await store.snapshot(owner, startName(name)), await store.snapshot(owner, endName(name))];
  return { start: start && readMeasurement(start.body), end: end && readMeasurement(end.body) };
}

const startName = (pilot: string): string => `pilot:${pilot}`;
const endName = (pilot: string): string => `pilot-end:${pilot}`;

async function keepFor(owner: string, ports: BaselinePorts, now: Date): Promise<void> {
  const plan = await planOf(owner, ports);
  const due = plan ? await dueOf(plan, ports.store, now) : [];
  if (plan === null || due.length === 0) return;
  const fleet = await fleetOf(plan.owner, ports.store, now);
  for (const one of due) await keep(one, { plan, fleet }, ports);
}

async function dueOf({ owner, pilots }: Plan, store: BaselinePorts['store'], now: Date): Promise<readonly Due[]> {
  const due: Due[] = [];
  for (const pilot of pilots) {
    const state = stateOf(pilot, now);
    if (state === 'planned') continue;
    const name = state === 'running' ? startName(pilot.name) : endName(pilot.name);
    if ((await store.snapshot(owner, name)) === null) due.push({ pilot, name });
  }
  return due;
}

/** Before anything is stored of the pilot's repositories there is nothing to keep: what is kept stays as it is. */
async function keep(
  { pilot, name }: Due,
  { plan, fleet }: { readonly plan: Plan; readonly fleet: Fleet },
  { store, log }: BaselinePorts,
): Promise<void> {
  const { owner, lifecycle } = plan;
  const measurement = measured(fleet, pilot, lifecycle);
  if (!measurement.repositories.some(({ isIn, outcomes }) => isIn === true && Object.keys(outcomes).length > 0)) return;
  await store.keepSnapshot(owner, name, fleet.at.slice(0, 10), measurement);
  log.info({ owner, pilot: pilot.name, kept: name }, 'a pilot was measured');
}
