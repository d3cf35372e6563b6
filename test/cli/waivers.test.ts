/** Waivers are read back as they were kept: every version, who approved it, and what became of it. */
import { expect, test } from '@jest/globals';
import type { Office } from '../../src/cli/cla/desk.ts';
import type { WaiversOptions } from '../../src/cli/waiver-formats.ts';
import { waivers } from '../../src/cli/waivers.ts';
import type { WaiverRecord } from '../../src/policy/waivers/record.ts';
import type { Approval, KeptWaiver } from '../../src/policy/waivers/waiver.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import { stage } from '../store/stage.ts';
import { aConsole } from '../support/console.ts';
import { describeOnBoth } from '../support/databases.ts';

const APPROVED: Approval = {
  ...{ state: 'approved', by: { login: 'ada', accountId: 7 }, author: 'bob', pull: 3, terms: [] },
  ...{ url: 'https://github.com/acme/.github/pull/3', mergedAt: '2026-03-01T00:00:00Z' },
};

function kept(id: string, until: string, approval: Approval = APPROVED, reason = 'The old commits are imported.'): KeptWaiver {
  const text = `rule: dco\nrepositories: [rocket]\npeople: [jane]\nreason: ${JSON.stringify(reason)}\napprover: ada\nrequestedBy: jane\nuntil: ${until}\n`;
  return {
    file: {
      layer: 'organization',
      source: `acme/.github:.github/steward/waivers/${id}.yml`,
      commit: 'c1',
      oid: `oid-of-${id}`,
      text,
    },
    approval,
  };
}

describeOnBoth('waivers on the command line', (kind) => {
  const { store, at } = stage(kind);
  const office: Office = {
    reading: (work) => work(store()),
    writing: (work) => work({ store: store(), jobs: store().jobs }),
  };
  const run = async (name = 'Acme', options: Partial<WaiversOptions> = {}) => {
    const console = { ...aConsole(), now: () => new Date('2027-01-01T00:00:00.000Z') };
    const code = await waivers(name, { format: 'text', ...options }, { rules, presets: readPresets() }, office, console);
    return { code, out: console.printed(), notes: console.noted() };
  };
  const records = async (): Promise<readonly WaiverRecord[]> =>
    (JSON.parse((await run('acme', { format: 'json' })).out) as { waivers: readonly WaiverRecord[] }).waivers;
  const keep = (tree: string, ...files: KeptWaiver[]) => store().keepWaivers('acme/.github', tree, files);

  test('every version has a state, and one that does not count its reason', async () => {
    const refused: Approval = { state: 'refused', reason: 'nobody approved it' };
    const unread = kept('unread', '2027-03-31');
    at('2026-03-01T00:00:00.000Z');
    await keep('t1', kept('old', '2026-12-31'), kept('gone', '2027-03-31'), kept('moved', '2027-02-28'));
    at('2026-04-01T00:00:00.000Z');
    await keep(
      't2',
      kept('old', '2026-12-31'),
      kept('moved', '2027-03-31'),
      kept('own', '2027-03-31', { ...APPROVED, by: { login: 'jane', accountId: 8 } }),
      kept('refused', '2027-03-31', refused),
      kept('asked', '2027-03-31', { state: 'unknown', reason: 'GitHub did not answer' }),
      { ...unread, file: { ...unread.file, text: 'rule: dcx\n' } },
    );
    const told = (await records()).map(({ file, state, why }) => [/([^/]+)\.yml$/.exec(file)?.[1], state, why]);
    expect(told).toEqual([
      ['old', 'ended', null],
      ['gone', 'gone', null],
      ['moved', 'gone', null],
      ['moved', 'in-force', null],
      ['own', 'refused', expect.stringContaining('nobody waives for themselves')],
      ['refused', 'refused', 'nobody approved it'],
      ['asked', 'unknown', 'GitHub did not answer'],
      ['unread', 'refused', expect.stringContaining('line 1: ')],
    ]);
  });

  test('who asked, who approved, where, and for how long it was there is told, and no text leaves its line', async () => {
    await keep('t1', kept('a', '2027-03-31', APPROVED, 'Old commits\u001b[31m\nin-force'));
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toBe(`in-force  acme/.github:.github/steward/waivers/a.yml  oid-of-
  there from ${(await records())[0]?.from ?? ''}
  dco for rocket; people jane, until 2027-03-31: Old commits\\u{1b}[31m⏎in-force
  asked for by jane
  approved by @ada (7), merged at 2026-03-01T00:00:00Z: https://github.com/acme/.github/pull/3
`);
  });

  test('as CSV no reason is a formula', async () => {
    await keep('t1', kept('a', '2027-03-31', APPROVED, '=HYPERLINK("https://evil.example")'));
    const [head, line] = (await run('acme', { format: 'csv' })).out.split('\r\n');
    expect(head).toBe(
      'file,git_id,state,why,rule,repositories,paths,packages,people,reason,asked_by,approver,approved_by,approved_by_id,approved_at,opened_by,pull_request,last_day,there_from,there_until',
    );
    expect(line).toContain(
      `,"'=HYPERLINK(""https://evil.example"")",jane,ada,ada,7,2026-03-01T00:00:00Z,bob,https://github.com/acme/.github/pull/3,2027-03-31,`,
    );
  });

  test('where nothing is kept that is said, and a name that is none is refused', async () => {
    expect(await run('globex')).toEqual({ code: 0, out: '', notes: 'No waiver of globex is kept: Steward has read none here.' });
    await expect(run('../etc')).rejects.toThrow('names no organization. Wanted: OWNER');
  });
});
