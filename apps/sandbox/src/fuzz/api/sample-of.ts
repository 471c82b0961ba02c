import type { Random } from '../../simulator-kit/random.js';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly minimum?: number;
  readonly minLength?: number;
}

const OF_FORMAT: Readonly<Record<string, string>> = {
  uri: 'http://127.0.0.1:9/x',
  email: 'somebody@example.test',
  uuid: '01890000-0000-4000-8000-000000000001',
  'date-time': '2026-01-05T10:00:00.000Z',
};

/** A value of roughly this shape: near enough to get past the first questions. */
export function sampleOf(given: unknown, random: Random): unknown {
  const schema = given as JsonSchema;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[random.below(schema.enum.length)];
  const one = schema.anyOf ?? schema.oneOf;
  if (one) return sampleOf(one[random.below(one.length)], random);
  switch (schema.type) {
    case 'object': {
      const wanted = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name) || random.chance(0.4));
      return Object.fromEntries(wanted.map(([name, inner]) => [name, sampleOf(inner, random)]));
    }
    case 'array':
      return schema.items ? [sampleOf(schema.items, random)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return random.chance(0.5);
    case 'string':
      return OF_FORMAT[schema.format ?? ''] ?? 'a'.repeat(Math.max(3, schema.minLength ?? 0));
    default:
      return null;
  }
}
