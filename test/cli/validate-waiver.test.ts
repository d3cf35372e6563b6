/** `policy validate` of a waiver: what its last day and the policy beside it make of it. Today is 2026-01-02. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { run } from '../../src/cli/program.ts';
import { aConsole } from '../support/console.ts';
import { aFolder, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

interface Written {
  readonly approver?: string;
  readonly until?: string;
  readonly policy?: string;
}

/** A folder of waivers with one file, `rocket.yml`, beside a policy. */
function waivers({ approver = 'ada', until = '2026-02-01', policy }: Written): string {
  const github = join(aFolder(), '.github');
  const folder = join(github, 'steward', 'waivers');
  mkdirSync(folder, { recursive: true });
  if (policy !== undefined) writeFileSync(join(github, 'steward.yml'), policy);
  const lines = ['rule: dco', 'repositories: [rocket]', 'reason: Moved from an archive without sign-offs.'];
  writeFileSync(join(folder, 'rocket.yml'), [...lines, `approver: ${approver}`, `until: ${until}`, ''].join('\n'));
  return folder;
}

async function validated(path: string): Promise<readonly [number, string]> {
  const console = aConsole();
  return [await run(['policy', 'validate', path], console), console.printed()];
}

const ofRocket = (written: Written) => validated(join(waivers(written), 'rocket.yml'));

test('one whose last day is past is valid and covers nothing, and that is said on its line', async () => {
  const [code, printed] = await ofRocket({ until: '2026-01-01' });
  expect(code).toBe(0);
  expect(printed).toMatch(/rocket\.yml:5:8 until: This waiver ended on 2026-01-01; it covers nothing\. Remove the file\./);
  expect(printed).toMatch(/rocket\.yml: valid$/m);
});

test('on its last day it still holds', async () => {
  expect((await ofRocket({ until: '2026-01-02' }))[1]).not.toContain('ended');
});

describe('by the policy that it lies beside', () => {
  const policy = 'waivers: { approvers: [ada, bob], maxDays: 30 }\nrules: {}\n';

  test('one that fits is valid without a word', async () => {
    expect((await ofRocket({ policy }))[1]).toMatch(/^[^\n]*rocket\.yml: valid\n$/);
  });

  test('an approver who is not on its list is told, with those who are', async () => {
    const [code, printed] = await ofRocket({ policy, approver: 'eve' });
    expect([code, printed]).toEqual([0, expect.stringMatching(/:4:11 approver: "eve" is not among those who approve waivers/)]);
    expect(printed).toContain('steward.yml (ada, bob), so this waiver would not count. Name one of them');
  });

  test('whether somebody belongs to a team is not known here, and that is said', async () => {
    const [, printed] = await ofRocket({ policy: 'waivers: { approvers: ["team:legal"] }\nrules: {}\n', approver: 'eve' });
    expect(printed).toContain('Whether "eve" may approve this waiver is not known before the merge');
  });

  test('more days than it allows are told, with the last day that it does', async () => {
    const [code, printed] = await ofRocket({ policy, until: '2026-02-02' });
    expect([code, printed]).toEqual([0, expect.stringContaining('Merged today, this waiver lasts 31 days')]);
    expect(printed).toContain('Set "until" to 2026-02-01 or an earlier day.');
  });

  test('a policy that does not parse says nothing of waivers', async () => {
    expect((await ofRocket({ policy: 'rules: [', approver: 'eve' }))[1]).toMatch(/^[^\n]*rocket\.yml: valid\n$/);
  });
});

test('it is a waiver by the folder that it lies in, also when that is not typed', async () => {
  const folder = waivers({ until: '2026-01-01' });
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect((await validated('rocket.yml'))[1]).toMatch(/^rocket\.yml:5:8 until: This waiver ended[^\n]*\nrocket\.yml: valid\n$/);
  } finally {
    process.chdir(before);
  }
});
