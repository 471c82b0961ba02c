import type { RetentionSchema } from '@baton/persistence/retention';
import { SERVICES } from './retention/judge-rows.js';

/** Which services an installation does not have, by their schemas, from the names that people call them by. */
export function readWithout(services: readonly string[]): RetentionSchema[] | { readonly wrong: string } {
  const schemas: RetentionSchema[] = [];
  for (const service of services) {
    const schema = (Object.keys(SERVICES) as RetentionSchema[]).find((one) => SERVICES[one] === service);
    if (!schema) return { wrong: `"${service}" is no service that keeps something: ${Object.values(SERVICES).join(', ')}.` };
    schemas.push(schema);
  }
  return schemas;
}
