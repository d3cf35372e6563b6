/** Which keys a schema knows at a place: through lists, and through groups that have one of several forms. */
import { z } from 'zod';
import type { Path } from './positions.ts';

/** The keys that a group at this path can have; none where no group is. */
export function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  const at = path.reduce<readonly unknown[]>((found, key) => found.flatMap((one) => inner(one, key)), forms(schema));
  return [...new Set(at.flatMap(keysOf))];
}

/** A record knows its keys where they are words of a list. */
function keysOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}

function inner(schema: unknown, key: PropertyKey): readonly unknown[] {
  if (schema instanceof z.ZodArray) return forms(schema.element);
  if (schema instanceof z.ZodRecord) return forms(schema.valueType);
  if (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, key)) {
    return forms((schema.shape as Record<PropertyKey, unknown>)[key]);
  }
  return [];
}

/** A schema without what is around it; the members of a union each. */
function forms(schema: unknown): readonly unknown[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return forms(schema.unwrap());
  }
  return schema instanceof z.ZodUnion ? schema.options.flatMap(forms) : [schema];
}
