/** What a GraphQL document costs by GitHub's published rules: at most 500,000 nodes, `first` or `last` from 1 to 100. */
import { Kind } from 'graphql';
import type { DirectiveNode, DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

export interface Cost {
  /** Nodes a full answer could hold. */
  readonly nodes: number;
  /** Points taken from the rate limit. */
  readonly points: number;
  readonly problems: readonly string[];
}

type Variables = Readonly<Record<string, unknown>>;

interface Tally {
  nodes: number;
  requests: number;
  readonly problems: string[];
  readonly variables: Variables;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Counts as GitHub's documentation tells: each connection is one request for every node above it. */
export function costOf(document: DocumentNode, variables: Variables): Cost {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const tally: Tally = { nodes: 0, requests: 0, problems: [], variables, fragments };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(tally, definition.selectionSet, 1);
  }
  if (tally.nodes > 500_000) tally.problems.push(`the query asks for ${tally.nodes} nodes; GitHub allows 500,000`);
  return { nodes: tally.nodes, points: Math.max(1, Math.round(tally.requests / 100)), problems: tally.problems };
}

function walk(tally: Tally, selections: SelectionSetNode, above: number): void {
  for (const selection of selections.selections) {
    if (!isIncluded(selection.directives ?? [], tally.variables)) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) walk(tally, selection.selectionSet, above);
    else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = tally.fragments.get(selection.name.value);
      if (fragment !== undefined) walk(tally, fragment.selectionSet, above);
    } else if (selection.selectionSet !== undefined) walkField(tally, selection, selection.selectionSet, above);
  }
}

function walkField(tally: Tally, field: FieldNode, selections: SelectionSetNode, above: number): void {
  const limit = limitOf(field, tally.variables);
  if (limit === undefined) {
    walk(tally, selections, above);
    return;
  }
  if (limit < 1 || limit > 100) tally.problems.push(`${field.name.value}: first or last must be from 1 to 100, not ${limit}`);
  tally.requests += above;
  tally.nodes += above * limit;
  walk(tally, selections, above * limit);
}

function limitOf(field: FieldNode, variables: Variables): number | undefined {
  const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
  if (argument?.kind === Kind.INT) return Number(argument.value);
  return argument?.kind === Kind.VARIABLE ? Number(variables[argument.name.value]) : undefined;
}

function isIncluded(directives: readonly DirectiveNode[], variables: Variables): boolean {
  return directives.every((directive) => {
    const condition = directive.arguments?.[0]?.value;
    if (condition === undefined) return true;
    const value =
      condition.kind === Kind.BOOLEAN ? condition.value : condition.kind === Kind.VARIABLE && variables[condition.name.value];
    return directive.name.value === 'skip' ? value !== true : value !== false;
  });
}
