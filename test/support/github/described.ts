/**
 * GitHub's descriptions, read and prepared once for all test files of a worker. Jest evaluates what is imported anew for each
 * test file; reading megabytes of schema and compiling the checks for them again took longer than most of those tests.
 * Node's own `require` stands outside of that. What comes by it keeps nothing that one test could leave to another.
 */
import type * as Description from './description.ts';

const { createRequire } = process.getBuiltinModule('node:module');
const description = createRequire(import.meta.url)('./description.ts') as typeof Description;

export const {
  assertRequest,
  checkDocument,
  checkPayload,
  checkRequest,
  checkResponse,
  completeResponse,
  costOf,
  deliver,
  executeSync,
  githubSchema,
  GraphQLError,
  matchOperation,
  operations,
  signature,
  validating,
  webhookPayload,
} = description;
