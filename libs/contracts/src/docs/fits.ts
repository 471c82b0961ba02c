import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './event-schema.js';

/** A schema with the definitions that its references lead to. */
export interface Rooted {
  readonly schema: JsonSchema;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

/** Keywords that bound a value from below and from above. */
const LEAST = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties'];
const MOST = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties'];
/** Keywords whose every change is taken for a break: whether one pattern allows less than another cannot be computed. */
const OPAQUE = ['pattern', 'format', 'not', 'allOf', 'multipleOf', 'uniqueItems', 'contains', 'if', 'dependencies', 'patternProperties'];

/**
 * Why a value that `a` allows might be refused by `b`, one sentence per field; empty when everything that `a` allows fits.
 * Fields that `a` does not name are taken as absent: whoever writes by `a` does not write them.
 */
export function reasonsNotToFit(a: Rooted, b: Rooted, path = '', seen: ReadonlySet<string> = new Set()): string[] {
  const from = resolved(a);
  const to = resolved(b);
  if (isDeepStrictEqual(from.schema, to.schema) && isDeepStrictEqual(a.definitions, b.definitions)) return [];
  // A schema that contains itself was compared on the way in.
  const pair = `${refOf(a) ?? ''} ${refOf(b) ?? ''}`;
  if (refOf(a) !== undefined && refOf(b) !== undefined) {
    if (seen.has(pair)) return [];
    seen = new Set([...seen, pair]);
  }
  const options = optionsOf(from);
  if (options) return options.flatMap((option) => reasonsNotToFit(option, to, path, seen));
  const alternatives = optionsOf(to);
  if (alternatives) return best(namesakes(from, alternatives).map((alternative) => reasonsNotToFit(from, alternative, path, seen)));
  return [
    ...values(from.schema, to.schema, path),
    ...bounds(from.schema, to.schema, path),
    ...fields(from, to, path, seen),
    ...items(from, to, path, seen),
  ];
}

function refOf({ schema }: Rooted): string | undefined {
  return typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;
}

function resolved(rooted: Rooted): Rooted {
  const ref = refOf(rooted);
  if (ref === undefined) return rooted;
  const target = rooted.definitions[ref.replace('#/definitions/', '')];
  if (!target) throw new Error(`nothing is at ${ref}`);
  return resolved({ ...rooted, schema: target });
}

function optionsOf({ schema, definitions }: Rooted): Rooted[] | undefined {
  const options = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  return options?.map((option) => ({ schema: option, definitions }));
}

/** Where a field tells the alternatives apart, only the one of the same kind can be meant; otherwise any. */
function namesakes(a: Rooted, alternatives: readonly Rooted[]): readonly Rooted[] {
  const own = Object.entries(propertiesOf(a.schema));
  const same = alternatives.filter((alternative) => {
    const theirs = propertiesOf(resolved(alternative).schema);
    return own.some(([name, schema]) => 'const' in schema && isDeepStrictEqual(schema['const'], theirs[name]?.['const']));
  });
  return same.length > 0 ? same : alternatives;
}

/** Of several ways not to fit, the one that is nearest to fitting says most. */
function best(ways: readonly string[][]): string[] {
  return ways.reduce((nearest, way) => (way.length < nearest.length ? way : nearest));
}

function values(a: JsonSchema, b: JsonSchema, path: string): string[] {
  const allowed = finiteValues(b);
  const given = finiteValues(a);
  if (allowed) {
    if (!given) return [`${at(path)} may be other than ${list(allowed)}`];
    const refused = given.filter((value) => !allowed.some((one) => isDeepStrictEqual(one, value)));
    return refused.length > 0 ? [`${at(path)} may be ${list(refused)}`] : [];
  }
  const types = typesOf(b);
  if (types.length === 0) return [];
  const refused = typesOf(a).filter((type) => !types.includes(type) && !(type === 'integer' && types.includes('number')));
  if (typesOf(a).length === 0) return [`${at(path)} may be of any type, not only ${types.join(' or ')}`];
  return refused.length > 0 ? [`${at(path)} may be ${refused.join(' or ')}, not ${types.join(' or ')}`] : [];
}

function finiteValues(schema: JsonSchema): unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  return schema['enum'] as unknown[] | undefined;
}

function typesOf(schema: JsonSchema): string[] {
  const type = schema['type'] as string | string[] | undefined;
  return type === undefined ? [] : [type].flat();
}

function bounds(a: JsonSchema, b: JsonSchema, path: string): string[] {
  if (finiteValues(a)) return [];
  const reasons: string[] = [];
  for (const keyword of [...LEAST, ...MOST]) {
    const bound = b[keyword] as number | undefined;
    if (bound === undefined) continue;
    const own = a[keyword] as number | undefined;
    const isWithin = own !== undefined && (LEAST.includes(keyword) ? own >= bound : own <= bound);
    if (!isWithin) reasons.push(`${at(path)} has ${keyword} ${own ?? 'unbounded'}, beyond ${bound}`);
  }
  for (const keyword of OPAQUE) {
    if (b[keyword] !== undefined && !isDeepStrictEqual(a[keyword], b[keyword])) reasons.push(`${at(path)} has another ${keyword}`);
  }
  return reasons;
}

function fields(a: Rooted, b: Rooted, path: string, seen: ReadonlySet<string>): string[] {
  const own = propertiesOf(a.schema);
  const wanted = propertiesOf(b.schema);
  const always = (a.schema['required'] as string[] | undefined) ?? [];
  const reasons: string[] = [];
  for (const name of (b.schema['required'] as string[] | undefined) ?? []) {
    if (!always.includes(name)) reasons.push(`${at(join(path, name))} may be missing`);
  }
  for (const [name, schema] of Object.entries(own)) {
    const target = wanted[name] ?? b.schema['additionalProperties'];
    if (target === false) reasons.push(`${at(join(path, name))} is not taken`);
    else if (isSchema(target)) reasons.push(...reasonsNotToFit({ ...a, schema }, { ...b, schema: target }, join(path, name), seen));
  }
  for (const keyword of ['additionalProperties', 'propertyNames']) {
    const target = b.schema[keyword];
    if (!isSchema(target) || Object.keys(target).length === 0) continue;
    const source = a.schema[keyword];
    if (!isSchema(source)) reasons.push(`${at(join(path, '*'))} is not bound by ${keyword}`);
    else reasons.push(...reasonsNotToFit({ ...a, schema: source }, { ...b, schema: target }, join(path, '*'), seen));
  }
  return reasons;
}

function items(a: Rooted, b: Rooted, path: string, seen: ReadonlySet<string>): string[] {
  const target = b.schema['items'];
  if (!isSchema(target)) return [];
  const source = a.schema['items'];
  if (!typesOf(a.schema).includes('array')) return [];
  return reasonsNotToFit({ ...a, schema: isSchema(source) ? source : {} }, { ...b, schema: target }, `${path}[]`, seen);
}

export function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema['properties'] as Record<string, JsonSchema> | undefined) ?? {};
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function at(path: string): string {
  return path === '' ? '(whole)' : path;
}

function list(some: readonly unknown[]): string {
  return some.map((value) => JSON.stringify(value)).join(', ');
}
