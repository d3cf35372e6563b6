/** How the pilots of an account stand now, by what is stored. */
import type { Store } from '../../store/store.ts';
import { pilotStanding, type PilotStanding } from '../../verdict/pilot.ts';
import type { Pilot } from '../../policy/managed.ts';
import { keptMeasurements } from './baseline.ts';
import { measured, type Fleet } from './fleet.ts';
import type { Plan } from './plan.ts';

/** A pilot that is over stays as it was measured at its end. */
export async function standingOf(
  pilot: Pilot,
  { owner, lifecycle }: Plan,
  fleet: Fleet,
  store: Pick<Store, 'snapshot'>,
  now: Date,
): Promise<PilotStanding> {
  const { start, end } = await keptMeasurements(owner, pilot, store);
  return pilotStanding(pilot, end ?? measured(fleet, pilot, lifecycle), start, now);
}
