/** What was judged is read back as it was kept, with who answered for what. */
import { expect, test } from '@jest/globals';
import type { Office } from '../../src/cli/cla/desk.ts';
import { verdicts, type VerdictsOptions } from '../../src/cli/verdicts.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { stage } from '../store/stage.ts';
import { aConsole } from '../support/console.ts';
import { describeOnBoth } from '../support/databases.ts';
import { aRuleVerdict, aVerdict } from '../support/verdicts.ts';
import { anOverride } from '../verdict/case.ts';

describeOnBoth('verdicts on the command line', (kind) => {
  const { store } = stage(kind);
  const office: Office = {
    reading: (work) => work(store()),
    writing: (work) => work({ store: store(), jobs: store().jobs }),
  };
  const run = async (name: string, options: Partial<VerdictsOptions> = {}) => {
    const console = aConsole();
    const code = await verdicts(name, { format: 'text', ...options }, office, console);
    return { code, out: console.printed(), notes: console.noted() };
  };
  const pull = (number: number) => ({ kind: 'pull-request', owner: 'acme', repo: 'rocket', number }) as const;
  const override = anOverride('dco', ['a'.repeat(40)], {
    reason: 'The author is ill.\u001b[31m',
    url: 'https://github.com/acme/rocket/pull/12#issuecomment-1',
  });
  const failed = aVerdict({ subject: pull(12), sha: 'a'.repeat(40), at: '2026-03-01T00:00:00.000Z', conclusion: 'failure' });
  const answered = aVerdict({
    subject: pull(12),
    sha: 'a'.repeat(40),
    at: '2026-03-02T00:00:00.000Z',
    conclusion: 'neutral',
    rules: [aRuleVerdict({ id: 'dco', enforce: 'block', outcome: 'overridden', overrides: [override] })],
  });
  const other = aVerdict({ subject: pull(13), sha: 'b'.repeat(40) });
  const keep = async (...all: readonly Verdict[]): Promise<void> => {
    for (const one of all) await store().keepVerdict(one);
  };

  test('the history of a pull request is told oldest first, with the role, the time and the reason of an override', async () => {
    await keep(failed, other, answered);
    const { code, out } = await run('Acme/rocket#12');
    expect(code).toBe(0);
    expect(out).toMatch(/^2026-03-01T00:00:00\.000Z {2}acme\/rocket#12 {2}aaaaaaa {2}failure\n/);
    expect(out).toContain('\n2026-03-02T00:00:00.000Z  acme/rocket#12  aaaaaaa  neutral\n');
    expect(out).toContain('  dco (block): overridden\n');
    const { login, accountId } = override.by;
    expect(out).toContain(
      `  overridden: dco by @${login} (${accountId}), role ${override.permission}, at ${override.at}: The author is ill.\\u{1b}[31m\n`,
    );
    expect(out).toContain(`    covers ${'a'.repeat(40)}\n    https://github.com/acme/rocket/pull/12#issuecomment-1\n`);
    expect(out).not.toContain('#13');
  });

  test('of a whole repository, all or only what somebody overrode; as JSON each is whole', async () => {
    await keep(failed, other, answered);
    const lines = async (options: Partial<VerdictsOptions>) =>
      (await run('acme/rocket', { format: 'json', ...options })).out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    expect(await lines({})).toEqual([failed, other, answered]);
    expect(await lines({ overrides: true })).toEqual([answered]);
  });

  test('more than a page is read to the end', async () => {
    await keep(...Array.from({ length: 405 }, (_, index) => aVerdict({ subject: pull(index + 1), sha: 'c'.repeat(40) })));
    expect((await run('acme/rocket', { format: 'json' })).out.trim().split('\n')).toHaveLength(405);
  });

  test('nothing kept is said, and what names no repository is refused', async () => {
    expect(await run('acme/rocket')).toEqual({ code: 0, out: '', notes: 'Nothing is kept of acme/rocket.' });
    await expect(run('rocket')).rejects.toThrow('rocket names no repository. Wanted: OWNER/REPO, or OWNER/REPO#NUMBER');
  });
});
