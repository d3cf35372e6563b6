/** What GitHub publishes and the double never changes: its descriptions, what is checked by them, and the language of queries. */
export { executeSync, GraphQLError } from 'graphql';
export { costOf } from './graph/cost.ts';
export { checkDocument, githubSchema } from './graph/documents.ts';
export { matchOperation, operations } from './operations.ts';
export { assertRequest, checkRequest, checkResponse, completeResponse, validating } from './validate.ts';
export { checkPayload, deliver, signature, webhookPayload } from './webhooks.ts';
