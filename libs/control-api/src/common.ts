import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';

/** No query, no body, no answer, no parameters. */
export const NOTHING = z.object({});

export const InWorkspace = z.object({ workspaceId: SlugSchema });
export const OfBot = InWorkspace.extend({ botId: SlugSchema });

/** Whoever did something: a person, an API key, the settings file, or the key of the environment. */
export const AuthorSchema = z.object({
  kind: z.enum(['person', 'api-key', 'settings-file', 'environment', 'baton']),
  /** Of the person or key; absent for the others. */
  id: z.string().optional(),
  /** As it is shown. */
  name: z.string(),
});
export type Author = z.output<typeof AuthorSchema>;

/** What every list takes. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The `next` of the page before. */
  before: z.string().max(300).optional(),
});

/** A page of a list, newest first where it has times; `next` leads to the one after it. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** ISO 8601, UTC. */
export const WhenSchema = z.iso.datetime();
