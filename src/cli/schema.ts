/** `steward schema`: the JSON Schemas of what goes in and comes out. */
import { FILES, fileSchema } from '../server/schemas.ts';
import type { Console } from './console.ts';
import type { Shelf } from './policies.ts';
import { factsLine, jsonSchema, verdict } from './schemas.ts';

export const SCHEMAS = ['facts', 'verdict', ...FILES] as const;

/** Prints one schema. */
export async function printSchema(what: (typeof SCHEMAS)[number], { rules }: Shelf, console: Console): Promise<void> {
  await console.out(`${JSON.stringify(schemaNamed(what, rules), null, 2)}\n`);
}

function schemaNamed(what: (typeof SCHEMAS)[number], rules: Shelf['rules']): Readonly<Record<string, unknown>> {
  switch (what) {
    case 'facts':
      return jsonSchema(factsLine);
    case 'verdict':
      return jsonSchema(verdict);
    case 'policy':
    case 'waiver':
    case 'policy-test':
      return fileSchema(what, rules);
  }
}
