import { createHash } from 'node:crypto';
import { WorkspaceSettingsSchema, safeParse } from '@baton/contracts';
import { GivenBotSchema } from '@baton/control-api';
import { z } from 'zod';
import { errorsOf, unknownErrors } from '../api/field-errors.js';
import type { FieldError } from '../api/field-errors.js';

const BotSchema = GivenBotSchema.extend({
  apiKeys: z
    .array(z.string().regex(/^[\x21-\x7e]{8,512}$/, 'must be 8 to 512 printable characters without spaces'))
    .max(5)
    .optional(),
});

/** A document that is right in form, or what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly problems: readonly FieldError[] };

export interface ReadBot {
  readonly given: z.output<typeof GivenBotSchema>;
  /** Of the keys that it shall have; undefined where it keeps those of today. */
  readonly apiKeyHashes: readonly string[] | undefined;
}

/** Everything that is wrong with the form of a bot is told at once; nothing is dropped in silence. */
export function readBot(raw: object, workspaceId: string): Read<ReadBot> {
  const read = readAs(BotSchema, { workspaceId, ...raw });
  if ('problems' in read) return read;
  const { apiKeys, ...given } = read.value;
  return { value: { given, apiKeyHashes: apiKeys?.map((key) => createHash('sha256').update(key).digest('hex')) } };
}

export function readWorkspace(raw: object): Read<z.output<typeof WorkspaceSettingsSchema>> {
  return readAs(WorkspaceSettingsSchema, raw);
}

function readAs<S extends z.ZodType>(schema: S, value: unknown): Read<z.output<S>> {
  const parsed = safeParse(schema, value);
  const problems = [...errorsOf(parsed.error?.issues ?? []), ...unknownErrors(schema, value)];
  return parsed.success && problems.length === 0 ? { value: parsed.data } : { problems };
}
