/** Input that nobody wants and somebody sends, where contributions are certified: judged, shown safely, never let through. Over real HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { CERTIFICATION, signingSentence } from '../../src/facts/sentences.ts';
import type { Comment, Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, signedOff, unsigned, type Stage } from '../support/stage.ts';

const ICLA = { title: 'Widget Agreement', version: '1.0' };
const SIGNING = signingSentence(ICLA);
/** The longest message that a commit made on the web can have. */
const LONGEST = 65_535;
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

/** A policy that asks for a signed agreement. */
function agreed(text: string, cla = '', more = ''): string {
  const agreement = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: '${text}', since: 2026-01-01 }`;
  return `rules: { cla: { enforce: block, agreements: [${agreement}]${cla} }${more} }\n`;
}

/** An organization whose `.github` repository holds the policy and the text of the agreement, and a repository of its. */
async function aFoundation({ text = 'icla.md', cla = '', more = '' } = {}) {
  const login = `foundation-${stage.world.nextId()}`;
  const account = stage.world.organization(login);
  const files = { [POLICY_PATH]: agreed(`${login}/.github:${text}`, cla, more), 'icla.md': 'You give what is yours to give.\n' };
  const policies = stage.world.repository({ owner: account, name: '.github', files });
  const { installation, deliveries } = stage.world.install(account);
  await stage.deliver({ deliveries });
  return { policies, widgets: await stage.repository({ account, installation, policies }) };
}

async function say(one: Repository, number: number, author: string, body: string): Promise<Comment> {
  const said = stage.world.comment(one, number, author, body);
  await stage.deliver(said);
  return said.comment;
}

/** Everything that the check and the comments show. */
function shown(one: Repository, number: number, sha: string): string {
  const { title, summary, text } = stage.run(one, sha);
  return [title, summary, text, ...stage.comments(one, number).map(({ body }) => body)].join('\n');
}

/** What a browser makes of it, without what stands as code. */
function rendered(markdown: string): string {
  const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return html.replaceAll(/<code[\s\S]*?<\/code>/g, '');
}

/** The signatures that the register holds of an account for a repository's own organization. */
async function signatures(one: Repository, login: string) {
  const { memory } = stage.running.services;
  return (await memory.register([`${one.owner.login}/icla`], [stage.world.accountOf(login).id])).signatures;
}

test.each([
  ['letters', 'x'.repeat(LONGEST)],
  ['sign-offs of somebody else', 'Signed-off-by: Eve <eve@example.com>\n'.repeat(LONGEST).slice(0, LONGEST)],
  ['marks of Markdown', '|`*<!--'.repeat(LONGEST).slice(0, LONGEST)],
  ['co-authors', 'Co-authored-by: Eve <eve@example.com>\n'.repeat(LONGEST).slice(0, LONGEST)],
])('a message of 65,535 characters that is all %s is no sign-off, and what is shown fits', async (_name, filling) => {
  const { widgets } = await aFoundation({ more: ', dco: { enforce: block, coAuthors: require }' });
  const { number, sha } = await stage.pullRequest(widgets, unsigned({ message: `A\n\n${filling}`.slice(0, LONGEST) }));
  const { conclusion, summary, text } = stage.run(widgets, sha);
  expect(conclusion).toBe('failure');
  for (const part of [summary, text, stage.comments(widgets, number)[0]?.body])
    expect((part ?? '').length).toBeLessThanOrEqual(65_535);
});

test('a sign-off at the end of 65,535 characters counts', async () => {
  const acme = await stage.organization({ policy: 'rules: { dco: { enforce: block } }\n' });
  const widgets = await stage.repository(acme);
  const signOff = '\n\nSigned-off-by: ada <ada@example.com>';
  const body = 'All work and no play.\n'.repeat(LONGEST).slice(0, LONGEST - signOff.length - 3);
  const { sha } = await stage.pullRequest(widgets, unsigned({ message: `A\n\n${body.trimEnd()}${signOff}` }));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
});

test.each([
  ['a right-to-left override', 'Ada \u202egnp.exe'],
  ['an isolate that is never closed', 'Ada\u2067 Lovelace'],
  ['a bell and an escape', 'Ada\u0007 \u001b[31mLovelace'],
  ['Markdown, HTML and a mention', '<b>@everyone</b> | `x` <!-- steward:comment --> [a](javascript:b)'],
])('a name with %s is shown safely in the check and the comment', async (_name, name) => {
  const { widgets } = await aFoundation({ cla: ', signers: [authors, co-authors]', more: ', dco: { enforce: block }' });
  const message = `A change\n\nCo-authored-by: ${name} <eve@example.com>\nSigned-off-by: ${name} <eve@example.com>`;
  const { number, sha } = await stage.pullRequest(
    widgets,
    unsigned({ author: { name, email: 'nobody@nowhere.example' }, message }),
  );
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  const all = shown(widgets, number, sha);
  expect(all).not.toMatch(UNSAFE);
  const [comment, ...more] = stage.comments(widgets, number);
  const { title, summary, text } = stage.run(widgets, sha);
  for (const part of [title, summary, text, comment?.body]) {
    expect(rendered(part ?? '')).not.toMatch(/@everyone|<b>|<a href="javascript/);
    expect(rendered(part ?? '').match(/<!-- steward:comment -->/g) ?? []).toHaveLength(part === comment?.body ? 1 : 0);
  }
  expect(more).toEqual([]);
});

test('300 co-authors are all asked, and one who has not signed stands in the way', async () => {
  const { widgets } = await aFoundation({ cla: ', signers: [authors, co-authors]' });
  const people = Array.from({ length: 300 }, (_, index) => stage.world.user(`person-${index}`));
  const trailers = people.map(({ login, email }) => `Co-authored-by: ${login} <${email}>`).join('\n');
  const first = await stage.pullRequest(widgets, unsigned());
  const [last, ...others] = [...people].reverse();
  const mark = stage.github.log.mark();
  const { number, sha } = await stage.pullRequest(widgets, unsigned({ message: `A change\n\n${trailers}` }));
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  expect(stage.run(widgets, sha).title).toContain('301');
  expect(stage.calls(mark).filter((operation) => operation === 'graphql').length).toBeLessThan(10);
  const { memory } = stage.running.services;
  const kept = (await memory.agreement(`${widgets.owner.login}/icla`, '1.0'))?.digest ?? '';
  for (const { id: accountId, login } of [stage.world.accountOf('ada'), ...others]) {
    const evidence = { source: 'page', key: `page:${widgets.owner.login}:${accountId}`, body: SIGNING, digest: kept } as const;
    const at = new Date().toISOString();
    const entry = { kind: 'signed', agreement: `${widgets.owner.login}/icla`, version: '1.0', text: kept } as const;
    await memory.enter({ ...entry, person: { accountId, login }, evidence, at });
  }
  await say(widgets, first.number, 'ada', '/steward recheck');
  await say(widgets, number, 'ada', '/steward recheck');
  expect(stage.run(widgets, first.sha).conclusion).toBe('success');
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  expect(stage.run(widgets, sha).title).toBe('1 of 301 people have not signed the agreement');
  await say(widgets, number, last?.login ?? '', SIGNING);
  expect(stage.run(widgets, sha).conclusion).toBe('success');
});

test('a commit without an account stays unsigned whoever signs, and is told what to do', async () => {
  const { widgets } = await aFoundation();
  const { number, sha } = await stage.pullRequest(
    widgets,
    unsigned({ author: { name: 'Ada at work', email: 'ada@laptop.local' } }),
    { author: 'ada' },
  );
  await say(widgets, number, 'ada', SIGNING);
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  expect(shown(widgets, number, sha)).toContain('ada@laptop.local');
  expect(shown(widgets, number, sha)).toContain('settings/emails');
  // As soon as the address is the account's, the commit is hers.
  stage.world.user('ada').email = 'ada@laptop.local';
  await say(widgets, number, 'ada', '/steward recheck');
  stage.world.user('ada').email = 'ada@example.com';
  expect(stage.run(widgets, sha).conclusion).toBe('success');
});

test('while the text of the agreement is away nobody passes, and who signed before waits no longer once it is back', async () => {
  const { policies, widgets } = await aFoundation({ text: 'moved.md' });
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  const comment = await say(widgets, number, 'ada', SIGNING);
  expect([stage.run(widgets, sha).conclusion, [...comment.reactions.values()]]).toEqual(['action_required', []]);
  stage.world.push(policies, 'main', { message: 'Put the text back', files: { 'moved.md': 'You give what is yours.\n' } });
  await stage.later(6);
  expect(stage.run(widgets, sha).conclusion).toBe('success');
  expect([...comment.reactions.values()].map(({ content }) => content)).toEqual(['+1']);
  expect(await signatures(widgets, 'ada')).toHaveLength(1);
});

test('a signature stands as it was written, though its comment is edited by others or deleted afterwards', async () => {
  const { widgets } = await aFoundation();
  const { number, sha, branch } = await stage.pullRequest(widgets, unsigned());
  const meant = await say(widgets, number, 'ada', SIGNING);
  await stage.deliver(stage.world.editComment(widgets, meant, 'I sign nothing.', 'mia'));
  await stage.deliver(stage.world.deleteComment(widgets, meant, 'mia'));
  const second = await stage.push(widgets, branch, unsigned({ message: 'Second' }));
  expect([sha, second].map((one) => stage.run(widgets, one).conclusion)).toEqual(['success', 'success']);
  const entries = (await stage.running.services.memory.entries(0, 1000)).flatMap(({ entry }) => entry ?? []);
  const own = entries.filter((entry) => 'agreement' in entry && entry.agreement === `${widgets.owner.login}/icla`);
  expect(own).toMatchObject([{ kind: 'signed', evidence: { source: 'comment', commentId: meant.id, body: SIGNING } }]);
});

test('a signature that is edited into a comment, by its writer or by others, signs nothing', async () => {
  const { widgets } = await aFoundation();
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  const innocent = await say(widgets, number, 'ada', 'Nice weather.');
  for (const by of ['mia', 'ada']) await stage.deliver(stage.world.editComment(widgets, innocent, SIGNING, by));
  await say(widgets, number, 'mia', '/steward recheck');
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  expect(await signatures(widgets, 'ada')).toEqual([]);
});

test('with both certificates required, an override, a sentence and a signature in place a push costs two calls', async () => {
  const { widgets } = await aFoundation({ more: ', dco: { enforce: block, byComment: all, coAuthors: require }' });
  widgets.collaborators.set('mia', 'maintain');
  const { number, branch } = await stage.pullRequest(widgets, unsigned({ message: 'First' }));
  await stage.push(widgets, branch, unsigned({ author: 'ben', message: 'Second' }));
  await say(widgets, number, 'ada', CERTIFICATION);
  for (const login of ['ada', 'ben']) await say(widgets, number, login, SIGNING);
  await say(widgets, number, 'mia', '/steward override dco because Ben is on a journey');
  await stage.push(widgets, branch, signedOff({ message: 'Third' }));
  const mark = stage.github.log.mark();
  const shas = [];
  for (const message of ['Fourth', 'Fifth']) shas.push(await stage.push(widgets, branch, signedOff({ message })));
  expect(stage.calls(mark)).toEqual(['graphql', 'checks/create', 'graphql', 'checks/create']);
  expect(shas.map((sha) => stage.run(widgets, sha).conclusion)).toEqual(['neutral', 'neutral']);
});
