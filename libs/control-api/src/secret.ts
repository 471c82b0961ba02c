import { z } from 'zod';

/** A secret as it is shown: that it is there, and a mark that is another one when it is another one. It is never readable again. */
export const ShownSecretSchema = z.object({ fingerprint: z.string().regex(/^[0-9a-f]{12}$/) });
export type ShownSecret = z.output<typeof ShownSecretSchema>;

/** A secret as it is given: a new one in clear, or the mark of the one to keep. */
export const GivenSecretSchema = z.union([z.string().min(1).max(512), ShownSecretSchema]);
export type GivenSecret = z.output<typeof GivenSecretSchema>;
