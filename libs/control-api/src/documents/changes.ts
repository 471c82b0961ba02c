import { z } from 'zod';

/** One place at which two versions of a document are not the same. */
export const DocumentChangeSchema = z.object({
  /** Where, as people read it: `handover.languages.de.texts.joined`, `handover.hours.exceptions[2026-12-24].open`. */
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  /** What stood there; secrets inside are marks. */
  before: z.json().optional(),
  after: z.json().optional(),
  /** There is another secret than before; neither is told. */
  secret: z.literal(true).optional(),
});
export type DocumentChange = z.output<typeof DocumentChangeSchema>;
