import { z } from 'zod';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly format?: string;
}

/** Texts of the forms that schemas ask for. */
const TEXTS = [
  'a-name',
  '1',
  '00000000-0000-4000-8000-000000000001',
  '0f0f0f0f0f0f',
  '2026-01-05T10:00:00.000Z',
  'someone@somewhere.example',
  'https://somewhere.example/page',
  'bot.changed',
  'a'.repeat(64),
  '08:00',
  'en',
];

/**
 * The least that a schema takes, with known values where a field has one's name. What has a form that nobody foresaw comes out wrong: whoever
 * asks looks whether the schema takes it.
 */
export function conjure(schema: z.ZodType, known: Readonly<Record<string, unknown>> = {}): unknown {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const direct = example(root, root, known, '');
  return schema.safeParse(direct).success || root.type !== 'string'
    ? direct
    : (TEXTS.find((text) => schema.safeParse(text).success) ?? direct);
}

function example(schema: JsonSchema, root: JsonSchema, known: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in known && schema.type !== 'object') return schema.type === 'array' ? [known[name]] : known[name];
  if (schema.$ref !== undefined) return example(root.$defs?.[schema.$ref.split('/').at(-1)!] ?? {}, root, known, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return example(choice, root, known, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => example(part, root, known, name)));
  switch (typeof schema.type === 'string' ? schema.type : schema.type?.[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((field) => [field, example(schema.properties?.[field] ?? {}, root, known, field)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => example(schema.items ?? {}, root, known, name.replace(/s$/, '')));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOf(schema);
  }
}

function textOf({ format, minLength = 0 }: JsonSchema): string {
  const byFormat = { uuid: TEXTS[2], email: TEXTS[5], uri: TEXTS[6], 'date-time': TEXTS[4] }[format ?? ''];
  return byFormat ?? 'a-name'.padEnd(minLength, 'a');
}
