/** Every GraphQL document is valid against GitHub's published schema and stays within GitHub's limits. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  Kind,
  parse,
  validate,
  visit,
  type DocumentNode,
  type IntrospectionQuery,
  type SelectionSetNode,
} from 'graphql';
import { approvalsQuery, FILES_A_QUERY } from '../../src/github/approval-queries.ts';
import * as memberships from '../../src/github/membership-queries.ts';
import * as queries from '../../src/github/queries.ts';

const path = new URL('../../node_modules/@octokit/graphql-schema/schema.json', import.meta.url);
const introspection = JSON.parse(readFileSync(path, 'utf8')) as IntrospectionQuery | { data: IntrospectionQuery };
const schema = buildClientSchema('data' in introspection ? introspection.data : introspection);

const documents = Object.entries({
  ...queries,
  BLOBS: queries.blobsQuery(queries.BLOBS_A_QUERY),
  ...memberships,
  MEMBERSHIPS: memberships.membershipsQuery({ accounts: 50, organizations: 5, teams: 5 }),
  MEMBERS: memberships.membershipsQuery({ accounts: 1, organizations: 1, teams: 0 }),
  EXISTENCE: memberships.existenceQuery({ accounts: 25, teams: 25 }),
  APPROVALS: approvalsQuery(FILES_A_QUERY),
  DIRECTORIES: queries.directoriesQuery(queries.BLOBS_A_QUERY),
}).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].includes('query '));

describe.each(documents)('%s', (_name, text) => {
  const document = parse(text);

  test('is valid against the schema', () => {
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
  });

  test('asks for at most 100 items a page and 500,000 nodes in all', () => {
    expect(pageSizes(document).filter((size) => size < 1 || size > 100)).toEqual([]);
    expect(nodes(document)).toBeLessThanOrEqual(500_000);
  });

  test('only reads', () => {
    const operations = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.operation] : [],
    );
    expect(operations).toEqual(['query']);
  });
});

function pageSizes(document: DocumentNode): number[] {
  const sizes: number[] = [];
  visit(document, {
    Argument({ name, value }) {
      if ((name.value === 'first' || name.value === 'last') && value.kind === Kind.INT) sizes.push(Number(value.value));
    },
  });
  return sizes;
}

/** GitHub's own count: every connection contributes the product of the page sizes around it. */
function nodes(document: DocumentNode): number {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet]] : [])),
  );
  const count = (set: SelectionSetNode | undefined, factor: number): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum + count(fragments.get(selection.name.value), factor);
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + count(selection.selectionSet, factor);
      const size = selection.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
      const page = size?.kind === Kind.INT ? Number(size.value) : null;
      return sum + (page === null ? 0 : factor * page) + count(selection.selectionSet, factor * (page ?? 1));
    }, 0);
  return document.definitions.reduce(
    (sum, one) => sum + (one.kind === Kind.OPERATION_DEFINITION ? count(one.selectionSet, 1) : 0),
    0,
  );
}
