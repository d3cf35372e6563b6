/** Cases of the sign-off rule: its test, its documentation and its samples. */
import { accounts } from './examples-accounts.ts';
import { agents } from './examples-agents.ts';
import { bots } from './examples-bots.ts';
import { byComment } from './examples-by-comment.ts';
import { coAuthors } from './examples-co-authors.ts';
import { commands } from './examples-commands.ts';
import { exempt } from './examples-exempt.ts';
import { groups } from './examples-groups.ts';
import { identity } from './examples-identity.ts';
import { remediation } from './examples-remediation.ts';
import { reverts } from './examples-reverts.ts';
import { spelling } from './examples-spelling.ts';
import { strictness } from './examples-strictness.ts';
import { trailers } from './examples-trailers.ts';

export const examples = [
  ...identity,
  ...accounts,
  ...spelling,
  ...trailers,
  ...strictness,
  ...exempt,
  ...bots,
  ...agents,
  ...groups,
  ...coAuthors,
  ...reverts,
  ...remediation,
  ...byComment,
  ...commands,
];
