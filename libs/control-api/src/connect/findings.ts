import { z } from 'zod';

/** What is missing at a connection to Crisp, and what to do about it, in words for whoever looks after support. */
export const MissingSchema = z.object({
  /** For programs, such as `token-refused` or `scope-missing`. */
  code: z.string(),
  /** Without it nothing works. */
  blocking: z.boolean(),
  what: z.string(),
  todo: z.string(),
});
export type Missing = z.output<typeof MissingSchema>;

/** What Crisp said of a connection. */
export const FindingsSchema = z.object({
  /** Nothing that is blocking is missing. */
  ready: z.boolean(),
  token: z.enum(['taken', 'refused', 'not-checked']),
  tier: z.enum(['plugin', 'website']),
  website: z.object({
    state: z.enum(['bound', 'not-bound', 'unknown', 'not-checked']),
    name: z.string().optional(),
    domain: z.string().optional(),
  }),
  /** Of a plugin token; a website token has none and may do everything. */
  scopes: z.array(
    z.object({
      scope: z.string(),
      access: z.enum(['read', 'write']),
      need: z.enum(['required', 'useful']),
      /** For people, after "needed to". */
      usedTo: z.string(),
      state: z.enum(['granted', 'missing', 'not-checked']),
    }),
  ),
  /** Null when they could not be read. */
  operators: z.array(z.object({ name: z.string(), online: z.boolean() })).nullable(),
  missing: z.array(MissingSchema),
});
export type Findings = z.output<typeof FindingsSchema>;
