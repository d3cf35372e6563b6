/** Cases of the sign-off rule: its test, its documentation and its samples. */
import { commands } from './examples-commands.ts';
import { exempt } from './examples-exempt.ts';
import { identity } from './examples-identity.ts';
import { trailers } from './examples-trailers.ts';

export const examples = [...identity, ...trailers, ...exempt, ...commands];
