/** How pilots go, on the command line: from the server's database, with every number explained. */
import { expect, test } from '@jest/globals';
import type { Office } from '../../src/cli/cla/desk.ts';
import { pilots, type PilotsOptions } from '../../src/cli/policy/pilots.ts';
import { rules } from '../../src/rules/index.ts';
import { keepBaselines } from '../../src/server/pilots/baseline.ts';
import { readPresets } from '../../src/server/presets.ts';
import { PILOT_METHOD, type PilotStanding } from '../../src/verdict/pilot.ts';
import { stage } from '../store/stage.ts';
import { aConsole } from '../support/console.ts';
import { describeOnBoth } from '../support/databases.ts';
import { keepPolicy, keepRepositories, PILOTS_POLICY } from '../support/pilots.ts';

const shelf = { rules, presets: readPresets() };
const quiet = { info: () => undefined, warn: () => undefined };

describeOnBoth('pilots on the command line', (kind) => {
  const { store } = stage(kind);
  const office: Office = {
    reading: (work) => work(store()),
    writing: (work) => work({ store: store(), jobs: store().jobs }),
  };
  const run = async (owner: string, options: Partial<PilotsOptions> = {}, now = '2027-01-15T12:00:00.000Z') => {
    const console = { ...aConsole(), now: () => new Date(now) };
    const code = await pilots(owner, { format: 'text', ...options }, shelf, office, console);
    return { code, out: console.printed(), notes: console.noted() };
  };
  const measure = (at: string) => keepBaselines({ store: store(), ...shelf, log: quiet }, new Date(at));

  test('the whole story: measured at the start, told beside the rest and beside the start', async () => {
    await keepPolicy(store(), 'Acme');
    await keepRepositories(store(), 'Acme', {
      '.github': {},
      'cardano-cli': { rules: { 'license-file': 'fail' }, pulls: ['pass', 'fail'] },
      'cardano-node': { rules: { 'license-file': 'pass' }, isPrivate: true },
      wallet: { rules: { 'license-file': 'unknown' } },
      'cardano-old': { rules: { 'license-file': 'fail' }, isArchived: true },
    });
    await measure('2026-12-01T03:00:00.000Z');
    await keepRepositories(store(), 'Acme', { 'cardano-cli': { rules: { 'license-file': 'waived' }, pulls: ['pass', 'pass'] } });
    const { code, out } = await run('acme');
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'true-open-source: True open source maturity',
        '  running from 2026-12-01 to 2027-02-28, 45 days left; owner: oso@example.org',
        '  2 repositories in the pilot, 2 beside it',
        '  Measured on 2027-01-15. The start was measured on 2026-12-01.',
        '  - Acme/cardano-cli',
        '  - Acme/cardano-node (private)',
        '  license-file, target 80%: not yet met',
        '    pilot 50% (1 of 2) → 50% (1 of 2); 1 waived or overridden, counted as no pass',
        '    rest  nothing to count → nothing to count; 1 unknown, 1 not asked',
        '  dco',
        '    pilot 0% (0 of 1) → 100% (1 of 1); 1 not asked',
        '    rest  nothing to count → nothing to count; 2 not asked',
        '  For people to decide at the end:',
        '  - Maintainers outside the founding entities agree.',
        '',
        'How this is counted:',
        ...PILOT_METHOD.map((line) => `- ${line}`),
        '',
      ].join('\n'),
    );
  });

  test('a measurement is kept once; a late one says so, and the end stays as it was', async () => {
    await keepPolicy(store(), 'acme');
    await keepRepositories(store(), 'acme', { 'cardano-cli': { rules: { 'license-file': 'fail' } } });
    await measure('2026-11-30T03:00:00.000Z');
    expect(await store().snapshot('acme', 'pilot:true-open-source')).toBeNull();
    await measure('2026-12-04T03:00:00.000Z');
    await keepRepositories(store(), 'acme', { 'cardano-cli': { rules: { 'license-file': 'pass' } } });
    await measure('2026-12-05T03:00:00.000Z');
    expect(await store().snapshot('acme', 'pilot:true-open-source')).toMatchObject({ at: '2026-12-04' });
    await measure('2027-03-01T03:00:00.000Z');
    await keepRepositories(store(), 'acme', { 'cardano-cli': { rules: { 'license-file': 'fail' } } });
    const { out } = await run('acme', {}, '2027-06-01T12:00:00.000Z');
    expect(out).toContain('  ended; it ran from 2026-12-01 to 2027-02-28; owner');
    expect(out).toContain(
      '  Measured on 2027-03-01. The start was measured on 2026-12-04, later than the first day, 2026-12-01.\n',
    );
    expect(out).toContain('    pilot 0% (0 of 1) → 100% (1 of 1)\n');
  });

  test('nothing is kept before anything was judged: it could not be changed later', async () => {
    await keepPolicy(store(), 'acme');
    await keepRepositories(store(), 'acme', { 'cardano-cli': {}, wallet: { rules: { 'license-file': 'pass' } } });
    await measure('2026-12-01T03:00:00.000Z');
    expect(await store().snapshot('acme', 'pilot:true-open-source')).toBeNull();
    expect((await run('acme')).out).toContain('  Measured on 2027-01-15. There is no measurement of the start.\n');
  });

  test('an account that cannot be measured does not keep others from it', async () => {
    await keepPolicy(store(), 'acme');
    await keepPolicy(store(), 'broken');
    await keepRepositories(store(), 'acme', { 'cardano-cli': { rules: { 'license-file': 'pass' } } });
    const warned: object[] = [];
    const failing = Object.create(store()) as ReturnType<typeof store>;
    failing.stored = (owner, after, limit) =>
      owner === 'broken' ? Promise.reject(new Error('no disk')) : store().stored(owner, after, limit);
    const log = { ...quiet, warn: (fields: object) => void warned.push(fields) };
    await keepBaselines({ store: failing, ...shelf, log }, new Date('2026-12-01T03:00:00.000Z'));
    expect(warned).toMatchObject([{ owner: 'broken' }]);
    expect(await store().snapshot('acme', 'pilot:true-open-source')).not.toBeNull();
  });

  test('as JSON, of one pilot, with the method', async () => {
    const second = PILOTS_POLICY.replace('pilots:\n', '').replace('true-open-source', 'second');
    await keepPolicy(store(), 'acme', PILOTS_POLICY + second);
    await keepRepositories(store(), 'acme', { 'cardano-cli': { rules: { 'license-file': 'pass' } } });
    const { out } = await run('acme', { format: 'json', name: 'second' });
    const told = JSON.parse(out) as { readonly pilots: readonly PilotStanding[]; readonly method: unknown };
    expect(told).toMatchObject({ version: 1, owner: 'acme', method: PILOT_METHOD });
    expect(told.pilots).toMatchObject([{ pilot: { name: 'second' }, targets: [{ state: 'met' }], baseline: null }]);
  });

  test('groups that go by what is not known leave the repository on neither side', async () => {
    await keepPolicy(store(), 'acme', PILOTS_POLICY.replace("names: ['cardano-*']", 'properties: { tier: [core] }'));
    await keepRepositories(store(), 'acme', { 'cardano-cli': { rules: { 'license-file': 'pass' } } });
    expect((await run('acme')).out).toContain('  0 repositories in the pilot, 0 beside it, 1 where this cannot be told\n');
  });

  test('what is not there is said, with the next step', async () => {
    await expect(run('acme')).rejects.toThrow('Nothing is kept of a policy of acme');
    await expect(run('acme/rocket')).rejects.toThrow('acme/rocket names no organization. Wanted: OWNER.');
    await keepPolicy(store(), 'acme');
    await expect(run('acme', { name: 'true-open-sauce' })).rejects.toThrow('Did you mean true-open-source?');
    await keepPolicy(store(), 'acme', 'rules: {}\n');
    expect((await run('acme')).notes).toBe('The policy of acme names no pilots. How to write one: docs/policy.md, “Pilots”.');
    await expect(run('acme', { name: 'x' })).rejects.toThrow('The policy of acme names no pilot x. There are none.');
  });
});
