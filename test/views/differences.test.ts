/** Nothing is sent when GitHub already shows what is wished, and a person's decision about an issue stands. */
import { describe, expect, test } from '@jest/globals';
import { words } from '../../src/facts/words.ts';
import { differences, REOPENED_MARKER, type Write } from '../../src/views/differences.ts';
import type { CheckRunEffect, CommentEffect, Effect, IssueEffect, Present, PresentIssue } from '../../src/views/effect.ts';
import { effects } from '../../src/views/effects.ts';
import { checkRun } from '../../src/views/check-run.ts';
import { aFinding, aRepositoryVerdict, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const nothing: Present = { checkRuns: [], comment: null, issue: null, siblings: [] };
const failing = aVerdict({ rules: [aRuleVerdict({ findings: [aFinding()] })] });
const annotated = (line: number) =>
  checkRun([
    aVerdict({ rules: [aRuleVerdict({ findings: [aFinding({ says: words`Line ${line}.`, location: { path: 'a', line } })] })] }),
  ]);
const shownAs = (run: CheckRunEffect, id = 1, isCompleted = true) => ({
  id,
  name: run.name,
  sha: run.sha,
  isCompleted,
  externalId: run.externalId,
});
const done = (writes: readonly Write[]): string[] => writes.map((write) => write.do);

describe('a check run', () => {
  const run = checkRun([failing]);

  test('is created once, and not touched when it reads so already', () => {
    expect(differences(run, nothing)).toEqual([{ do: 'create-check-run', run }]);
    expect(differences(run, { ...nothing, checkRuns: [shownAs(run)] })).toEqual([]);
  });

  test('of another name or commit does not count', () => {
    const others = [
      { ...shownAs(run), name: 'Other' },
      { ...shownAs(run), sha: 'f'.repeat(40) },
    ];
    expect(done(differences(run, { ...nothing, checkRuns: others }))).toEqual(['create-check-run']);
  });

  test('that is still in progress, or reads otherwise, is updated in place; the newest counts', () => {
    const pending = { ...shownAs(run, 3, false), externalId: null };
    expect(differences(run, { ...nothing, checkRuns: [shownAs(run, 2), pending] })).toEqual([
      { do: 'update-check-run', id: 3, run },
    ]);
    const other = checkRun([aVerdict()]);
    expect(differences(run, { ...nothing, checkRuns: [shownAs(other, 4)] })).toEqual([{ do: 'update-check-run', id: 4, run }]);
  });

  test('never shows an annotation twice, nor one that is outdated', () => {
    const [before, after] = [annotated(1), annotated(2)];
    expect(done(differences(after, { ...nothing, checkRuns: [shownAs(before)] }))).toEqual(['create-check-run']);
    const retitled = { ...before, externalId: before.externalId.replace(/[0-9a-f]{64}/, '0'.repeat(64)) };
    expect(differences(retitled, { ...nothing, checkRuns: [shownAs(before)] })).toEqual([
      { do: 'update-check-run', id: 1, run: { ...retitled, annotations: [] } },
    ]);
  });

  test('that GitHub waits for again is sent again although it reads so already, without doubling annotations', () => {
    const annotatedRun = annotated(1);
    const awaited = { ...shownAs(annotatedRun), isAwaited: true };
    expect(differences(annotatedRun, { ...nothing, checkRuns: [awaited] })).toEqual([
      { do: 'update-check-run', id: 1, run: { ...annotatedRun, annotations: [] } },
    ]);
  });

  test('that is only to be edited is not created', () => {
    expect(differences({ ...run, mode: 'edit-only' }, nothing)).toEqual([]);
  });
});

describe('a comment', () => {
  const comment = effects(failing.subject, [failing]).find((effect) => effect.kind === 'comment') as CommentEffect;

  test('is posted only when wished, and edited only when it differs', () => {
    expect(done(differences(comment, nothing))).toEqual(['create-comment']);
    expect(differences({ ...comment, mode: 'edit-only' }, nothing)).toEqual([]);
    expect(differences(comment, { ...nothing, comment: { id: 9, body: 'other' } })).toEqual([
      { do: 'update-comment', id: 9, body: comment.body },
    ]);
  });

  test('is the same as GitHub stores it, with other line ends and without blanks at the ends', () => {
    const stored = `${comment.body.replaceAll('\n', '\r\n')}\r\n`;
    expect(differences({ ...comment, body: `${comment.body}  \n` }, { ...nothing, comment: { id: 9, body: stored } })).toEqual(
      [],
    );
  });
});

describe('what is said once', () => {
  const note: Effect = { kind: 'note', key: 'waiver a 14', body: '<!-- steward:note waiver a 14 -->\nIt ends soon.' };
  const issue: PresentIssue = {
    ...{ number: 7, title: 't', body: 'b', state: 'open', stateReason: null, isClosedBySteward: false },
  };

  test('an answer is always wished: only whoever sends it sees whether it is there', () => {
    const reply: Effect = { kind: 'reply', number: 3, commentId: 9, to: 'ada', body: '<!-- steward:reply 9 -->\nHere.' };
    expect(differences(reply, nothing)).toEqual([{ do: 'create-reply', number: 3, commentId: 9, to: 'ada', body: reply.body }]);
  });

  test('a note goes to the open policy issue, and nowhere without one', () => {
    expect(differences(note, { ...nothing, policyIssue: issue })).toEqual([
      { do: 'create-note', number: 7, key: note.key, body: note.body },
    ]);
    expect(differences(note, { ...nothing, policyIssue: { ...issue, state: 'closed' } })).toEqual([]);
    expect(differences(note, { ...nothing, policyIssue: null })).toEqual([]);
    expect(differences(note, { ...nothing, issue })).toEqual([]);
  });

  test('the policy issue is another than the one on upkeep, and none is opened where nobody looked for it', () => {
    const wished: IssueEffect = { kind: 'issue', about: 'policy', title: 't', body: 'b', state: 'open', cause: 'o1' };
    expect(differences(wished, { ...nothing, issue })).toEqual([]);
    expect(differences(wished, { ...nothing, issue, policyIssue: null })).toEqual([
      { do: 'create-issue', about: 'policy', title: 't', body: 'b', cause: 'o1' },
    ]);
    expect(differences({ ...wished, state: 'closed' }, { ...nothing, issue, policyIssue: issue })).toMatchObject([
      { do: 'update-issue', about: 'policy', number: 7, state: 'closed' },
    ]);
  });
});

describe('an issue', () => {
  const open = wished('block');
  const closed = wished('observe');
  const there = (issue: Partial<PresentIssue>): Present => ({
    ...nothing,
    issue: {
      number: 5,
      title: open.title,
      body: open.body,
      state: 'open',
      stateReason: null,
      isClosedBySteward: false,
      ...issue,
    },
  });

  function wished(enforce: 'block' | 'observe'): IssueEffect {
    const verdict = aRepositoryVerdict({ rules: [aRuleVerdict({ enforce, findings: [aFinding()] })] });
    return effects(verdict.subject, [verdict]).find((effect) => effect.kind === 'issue') as IssueEffect;
  }

  test('is opened once, and never opened only to be closed', () => {
    expect(done(differences(open, nothing))).toEqual(['create-issue']);
    expect(differences(closed, nothing)).toEqual([]);
    expect(differences(open, there({}))).toEqual([]);
  });

  test('closes itself as completed when all is settled, and opens again when something fails later', () => {
    expect(differences(closed, there({}))).toEqual([
      {
        do: 'update-issue',
        about: 'upkeep',
        number: 5,
        title: closed.title,
        body: closed.body,
        state: 'closed',
        stateReason: 'completed',
        cause: null,
      },
    ]);
    const settled = there({ state: 'closed', body: closed.body, stateReason: 'completed', isClosedBySteward: true });
    expect(differences(closed, settled)).toEqual([]);
    expect(differences(open, settled)).toEqual([
      {
        do: 'update-issue',
        about: 'upkeep',
        number: 5,
        title: open.title,
        body: open.body,
        state: 'open',
        stateReason: 'reopened',
        cause: null,
      },
    ]);
  });

  test('taken back by Steward itself keeps its words while nothing fails, and opens again when something does', () => {
    const takenBack = there({ state: 'closed', body: 'Taken back.', stateReason: 'not_planned', isClosedBySteward: true });
    expect(differences(closed, takenBack)).toEqual([]);
    expect(done(differences(open, takenBack))).toEqual(['update-issue']);
  });

  test('closed by a person as not planned or as a duplicate is never touched again', () => {
    for (const stateReason of ['not_planned', 'duplicate'] as const) {
      expect(differences(open, there({ state: 'closed', stateReason, body: 'x' }))).toEqual([]);
      expect(differences(closed, there({ state: 'closed', stateReason, body: 'x' }))).toEqual([]);
    }
  });

  test('closed by a person as completed while it still fails is reopened once, not twice', () => {
    const [write] = differences(open, there({ state: 'closed', stateReason: 'completed' }));
    expect(write).toMatchObject({ do: 'update-issue', state: 'open', stateReason: 'reopened' });
    const body = write?.do === 'update-issue' ? write.body : '';
    expect(body).toBe(`${open.body}\n\n${REOPENED_MARKER}`);
    expect(differences(open, there({ body }))).toEqual([]);
    expect(differences(open, there({ body, state: 'closed', stateReason: 'completed' }))).toEqual([]);
  });

  test('a list edited by a person is put right', () => {
    expect(done(differences(open, there({ body: open.body.replace('[ ]', '[x]') })))).toEqual(['update-issue']);
  });
});
