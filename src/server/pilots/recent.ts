/** How public pilots stand, as it was found a short while ago: a page is not worth reading thousands of rows each time. */
import type { Pilot } from '../../policy/managed.ts';
import type { Store } from '../../store/store.ts';
import type { PilotStanding } from '../../verdict/pilot.ts';
import { fleetOf, type Fleet, type FleetStore } from './fleet.ts';
import { planOf, type Plan, type PlanPorts } from './plan.ts';
import { standingOf } from './standing.ts';

export interface RecentPorts extends PlanPorts {
  readonly store: PlanPorts['store'] & FleetStore & Pick<Store, 'snapshot'>;
  readonly now: () => Date;
}

export interface PublicPilot {
  /** As GitHub spells it. */
  readonly owner: string;
  readonly standing: PilotStanding;
}

/** An account's repositories, and how those of its pilots stand that somebody looked at. */
interface Found {
  readonly at: number;
  readonly plan: Plan;
  readonly fleet: Fleet;
  readonly standings: Map<Pilot, Promise<PilotStanding>>;
}

const FRESH = 10 * 60_000;
const MOST_ACCOUNTS = 20;

/** Finds public pilots, and looks at an account again after ten minutes at the earliest. */
export class RecentPilots {
  private readonly ports: RecentPorts;
  private readonly seen = new Map<string, { readonly at: number; readonly found: Promise<Found | null> }>();

  constructor(ports: RecentPorts) {
    this.ports = ports;
  }

  /** A pilot by name; null: there is none, Steward is not installed there, or not everybody can read the policy that names it. */
  async find(account: string, name: string): Promise<PublicPilot | null> {
    const installation = await this.ports.store.installation(account);
    const found = installation && (await this.account(installation.owner));
    const pilot = found?.plan.pilots.find((one) => one.name === name);
    if (!found || !pilot || !isPolicyPublic(found.fleet)) return null;
    return { owner: found.plan.owner, standing: await this.standing(found, pilot) };
  }

  private account(owner: string): Promise<Found | null> {
    const at = this.ports.now().getTime();
    const last = this.seen.get(owner);
    if (last && at - last.at < FRESH) return last.found;
    const found = this.look(owner, at);
    this.seen.delete(owner);
    this.seen.set(owner, { at, found });
    // What failed is not remembered.
    found.catch(() => this.seen.delete(owner));
    const [oldest] = this.seen.keys();
    if (this.seen.size > MOST_ACCOUNTS && oldest !== undefined) this.seen.delete(oldest);
    return found;
  }

  private async look(owner: string, at: number): Promise<Found | null> {
    const plan = await planOf(owner, this.ports);
    if (plan === null || plan.pilots.length === 0) return null;
    return { at, plan, fleet: await fleetOf(plan.owner, this.ports.store, new Date(at)), standings: new Map() };
  }

  private standing({ at, plan, fleet, standings }: Found, pilot: Pilot): Promise<PilotStanding> {
    const standing = standings.get(pilot) ?? standingOf(pilot, plan, fleet, this.ports.store, new Date(at));
    standings.set(pilot, standing);
    standing.catch(() => standings.delete(pilot));
    return standing;
  }
}

/** What a policy says is for everybody only where everybody can read it. */
function isPolicyPublic({ ships }: Fleet): boolean {
  return ships.some(({ traits, isPrivate }) => traits.name.toLowerCase() === '.github' && !isPrivate);
}
