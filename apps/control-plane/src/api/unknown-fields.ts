import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.JSONSchema;
type Path = (string | number)[];

const KNOWN = new WeakMap<z.ZodType, JsonSchema>();

/** Fields that the schema does not know: mistyped ones, most of the time, whose defaults would take their place in silence. */
export function unknownFields(schema: z.ZodType, value: unknown): Path[] {
  const known = KNOWN.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
  KNOWN.set(schema, known);
  return within(known, value, []);
}

function within(schema: JsonSchema, value: unknown, path: Path): Path[] {
  if (value === null || typeof value !== 'object') return [];
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return ofForms(forms as JsonSchema[], value, path);
  if (Array.isArray(value)) {
    const { items } = schema;
    return isSchema(items) ? value.flatMap((one, i) => within(items, one, [...path, i])) : [];
  }
  const { properties = {}, additionalProperties } = schema;
  if (!takesObjects(schema)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (known === undefined || known === false) return [[...path, name]];
    return isSchema(known) ? within(known, inner, [...path, name]) : [];
  });
}

/** Of the forms that a value may have, the one that knows most of it was probably meant. */
function ofForms(forms: readonly JsonSchema[], value: object, path: Path): Path[] {
  const fitting = forms.filter((form) => form.anyOf ?? form.oneOf ?? (Array.isArray(value) ? form.items : takesObjects(form)));
  const found = fitting.map((form) => within(form, value, path));
  return found.sort((a, b) => a.length - b.length)[0] ?? [];
}

const takesObjects = ({ properties, additionalProperties }: JsonSchema): boolean =>
  properties !== undefined || (additionalProperties !== undefined && additionalProperties !== true);

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
