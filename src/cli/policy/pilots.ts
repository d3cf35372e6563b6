/** `steward policy pilots`: how the pilots of an organization go, as the server's database tells. */
import type { Command } from 'commander';
import { visible } from '../../facts/words.ts';
import { nearest } from '../../policy/problem.ts';
import type { Pilot } from '../../policy/managed.ts';
import { fleetOf } from '../../server/pilots/fleet.ts';
import { planOf } from '../../server/pilots/plan.ts';
import { standingOf } from '../../server/pilots/standing.ts';
import { PILOT_METHOD, type PilotStanding } from '../../verdict/pilot.ts';
import { methodText, pilotText } from '../../views/pilot.ts';
import { formatHelp, oneOf } from '../arguments.ts';
import type { Office } from '../cla/desk.ts';
import { TEXT_OR_JSON } from '../cla/help.ts';
import type { Done } from '../arguments.ts';
import { EXIT, type Console } from '../console.ts';
import { database, databaseHelp } from '../database.ts';
import type { Shelf } from '../policies.ts';
import { UsageError } from '../repository.ts';

export interface PilotsOptions {
  readonly format: (typeof TEXT_OR_JSON)[number];
  /** One pilot only. */
  readonly name?: string;
}

/** Adds `policy pilots`. */
export function addPilots(policy: Command, shelf: Shelf, console: Console, done: Done): void {
  policy
    .command('pilots')
    .description('Say how the pilots of an organization go: who passes which rule, beside the rest and beside the start.')
    .argument('<owner>', 'the organization')
    .option('--name <name>', 'one pilot only')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      databaseHelp(
        'steward policy pilots example-org',
        'steward policy pilots example-org --name true-open-source --format json',
      ),
    )
    .action(async (owner: string, options: PilotsOptions) => {
      done(await pilots(owner, options, shelf, await database(console), console));
    });
}

/** Prints how pilots go, private repositories included; JSON is one document. Nothing is read from GitHub. */
export async function pilots(
  owner: string,
  options: PilotsOptions,
  { rules, presets }: Shelf,
  desk: Office,
  console: Console,
): Promise<number> {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(owner)) throw new UsageError(`${visible(owner)} names no organization. Wanted: OWNER.`);
  const now = console.now();
  const standings = await desk.reading(async (store): Promise<readonly PilotStanding[]> => {
    const plan = await planOf(owner, { store, rules, presets });
    if (plan === null)
      throw new UsageError(`Nothing is kept of a policy of ${owner}: Steward has not judged anything by one here.`);
    const wanted = chosen(plan.pilots, options.name, owner);
    if (wanted.length === 0) return [];
    const fleet = await fleetOf(plan.owner, store, now);
    return Promise.all(wanted.map((pilot) => standingOf(pilot, plan, fleet, store, now)));
  });
  if (options.format === 'json') {
    await console.out(`${JSON.stringify({ version: 1, owner, pilots: standings, method: PILOT_METHOD }, null, 2)}\n`);
  } else if (standings.length === 0) {
    console.note(`The policy of ${owner} names no pilots. How to write one: docs/policy.md, “Pilots”.`);
  } else {
    await console.out([...standings.map(pilotText), methodText()].join('\n'));
  }
  return EXIT.fine;
}

function chosen(all: readonly Pilot[], name: string | undefined, owner: string): readonly Pilot[] {
  if (name === undefined) return all;
  const found = all.filter((pilot) => pilot.name === name);
  if (found.length > 0) return found;
  const names = all.map((pilot) => pilot.name);
  const near = nearest(name, names);
  const hint = near === null ? `There ${names.length === 0 ? 'are none' : `is: ${names.join(', ')}`}.` : `Did you mean ${near}?`;
  throw new UsageError(`The policy of ${owner} names no pilot ${visible(name)}. ${hint}`);
}
