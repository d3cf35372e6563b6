/** JSON Schema work shared by REST and webhooks: checking, closing against unknown fields, and completing required ones. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Schema } from './operations.ts';

type Document = Readonly<Record<string, unknown>>;

/** What a schema says is wrong with a value; empty when it is valid. */
export type Check = (value: unknown) => readonly string[];

/** Checks and completes values by schemas that live in one document and refer to its components. */
export class Schemas {
  readonly #document: Document;
  readonly #ajv: Ajv2020;
  readonly #checks = new Map<Schema, ValidateFunction>();
  readonly #components = new Set<string>();

  constructor(document: Document) {
    this.#document = document;
    // Every test file compiles its checks anew, and most run once or twice: making them fast costs more than it brings.
    const quick = { inlineRefs: false, code: { optimize: false } };
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false, ...quick });
    formats.default(this.#ajv);
    this.#ajv.addFormat('repo.nwo', true);
    this.#ajv.addFormat('uri-template', true);
  }

  /** A check by this schema; compiled once. */
  check(schema: Schema): Check {
    const compiled = this.#checks.get(schema) ?? this.#ajv.compile(this.#detached(schema) as Schema);
    this.#checks.set(schema, compiled);
    return (value) => {
      if (compiled(value)) return [];
      const errors = (compiled.errors ?? []).slice(0, 10);
      return errors.map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
      );
    };
  }

  /** The same schema for use on its own: the components it refers to are known by their names, and only they are prepared. */
  #detached(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#detached(item));
    if (typeof value !== 'object' || value === null) return value;
    return mapValues(value as Schema, (item, key) =>
      key === '$ref' && typeof item === 'string' ? this.#component(item) : this.#detached(item),
    );
  }

  /** What a component is known by once it is prepared. */
  #component(ref: string): string {
    const name = `component:${ref.slice(2)}`;
    if (this.#components.has(name)) return name;
    this.#components.add(name);
    this.#ajv.addSchema(this.#detached(this.resolve({ $ref: ref })) as Schema, name);
    return name;
  }

  /** The schema a reference points at. */
  resolve(schema: Schema): Schema {
    if (typeof schema.$ref !== 'string') return schema;
    const parts = schema.$ref.replace(/^.*#\//, '').split('/');
    return this.resolve(parts.reduce<unknown>((at, key) => (at as Document)[key], this.#document) as Schema);
  }

  /** The same schema, but unknown properties are failures: GitHub's schemas allow them, so a plain check misses typing errors. */
  close(schema: Schema, isPart = false): Schema {
    const own = this.resolve(schema);
    const closed: Record<string, unknown> = { ...own };
    const combined = (['allOf', 'anyOf', 'oneOf'] as const).filter((key) => Array.isArray(own[key]));
    for (const key of combined) closed[key] = (own[key] as Schema[]).map((part) => this.close(part, isObject(own)));
    if (own.items !== undefined) closed.items = this.close(own.items as Schema);
    if (!isObject(own)) return closed;
    closed.properties = mapValues(own.properties as Record<string, Schema>, (property) => this.close(property));
    delete closed.additionalProperties;
    if (!isPart) closed[combined.length > 0 ? 'unevaluatedProperties' : 'additionalProperties'] = false;
    return closed;
  }

  /** The value with every required property that is missing filled in, so that builders write only what means something. */
  complete(schema: Schema, value: unknown): unknown {
    const own = this.#branch(this.resolve(schema), value);
    if (Array.isArray(value))
      return value.map((item) => (own.items === undefined ? item : this.complete(own.items as Schema, item)));
    if (value !== undefined && (typeof value !== 'object' || value === null)) return value;
    if (value === undefined && !isObject(own) && !Array.isArray(own.allOf)) return this.#filler(own);
    let whole = { ...value } as Record<string, unknown>;
    for (const part of (own.allOf as Schema[] | undefined) ?? []) whole = this.complete(part, whole) as Record<string, unknown>;
    const properties = (own.properties ?? {}) as Record<string, Schema>;
    const required = new Set((own.required as string[] | undefined) ?? []);
    for (const [name, property] of Object.entries(properties)) {
      if (whole[name] !== undefined || required.has(name)) whole[name] = this.complete(property, whole[name]);
    }
    return whole;
  }

  /** The alternative that a value most likely means: null where allowed and nothing was given, else the first of its kind. */
  #branch(own: Schema, value: unknown): Schema {
    const alternatives = ((own.oneOf ?? own.anyOf) as Schema[] | undefined)?.map((part) => this.resolve(part));
    if (alternatives === undefined || isObject(own)) return own;
    if (value === undefined)
      return alternatives.find((part) => part.type === 'null') ?? this.#branch(alternatives[0] ?? {}, value);
    const isNull = value === null;
    const fitting = alternatives.find((part) => (isNull ? part.type === 'null' : isKind(part, value)));
    // Something that may be null can have alternatives of its own.
    return this.#branch(fitting ?? alternatives.find((part) => part.type !== 'null') ?? {}, value);
  }

  #filler(own: Schema): unknown {
    if (own.const !== undefined) return own.const;
    if (Array.isArray(own.enum)) return own.enum.includes(null) ? null : own.enum[0];
    const types = [own.type].flat();
    if (types.includes('null') || types.includes(undefined)) return null;
    if (types.includes('array')) return [];
    if (types.includes('object')) return {};
    if (types.includes('integer') || types.includes('number')) return own.minimum ?? 0;
    if (types.includes('boolean')) return false;
    if (own.format === 'date-time') return '2026-01-01T00:00:00Z';
    if (own.format === 'email') return 'nobody@example.com';
    return own.format === 'uri' ? 'https://github.example/unset' : '';
  }
}

function isObject(schema: Schema): boolean {
  return typeof schema.properties === 'object' && ![schema.type].flat().includes('array');
}

function isKind(schema: Schema, value: unknown): boolean {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value;
  const types = [schema.type].flat();
  return (
    types.includes(kind) || (kind === 'number' && types.includes('integer')) || (kind === 'object' && Array.isArray(schema.allOf))
  );
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)]));
}
