import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.JSONSchema;
type Path = (string | number)[];

/** Fields that the schema does not know: mistyped ones, most of the time, whose defaults would take their place in silence. */
export function unknownFields(schema: z.ZodType, value: unknown): Path[] {
  return within(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, value, []);
}

function within(schema: JsonSchema, value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return typeof items === 'object' && !Array.isArray(items)
      ? value.flatMap((one, i) => within(items as JsonSchema, one, [...path, i]))
      : [];
  }
  const { properties } = schema;
  if (value === null || typeof value !== 'object' || !properties) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known === undefined) return [[...path, name]];
    return typeof known === 'object' ? within(known as JsonSchema, inner, [...path, name]) : [];
  });
}
