import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** Where the references of a settings file lead. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Paths of `file` begin here. */
  readonly directory: string;
}

const MAX_SECRET = 512;

/**
 * A secret in a settings file is a reference: `{ env: NAME }`, `{ file: path }`, or `{ value: … }` where everybody may read it, as in the
 * sandbox. Parsing it gives the secret itself.
 */
export function secretReference(sources: SecretSources) {
  return z
    .strictObject({ env: z.string().min(1).optional(), file: z.string().min(1).optional(), value: z.string().optional() })
    .refine(
      (reference) => Object.values(reference).filter((one) => one !== undefined).length === 1,
      'must be one of { env }, { file } and { value }',
    )
    .transform((reference, context) => {
      const found = look(reference, sources);
      const problem = typeof found === 'string' ? problemOf(found) : found.problem;
      if (problem !== undefined) {
        context.addIssue({ code: 'custom', message: problem });
        return z.NEVER;
      }
      return found as string;
    });
}

function look(
  reference: { env?: string | undefined; file?: string | undefined; value?: string | undefined },
  sources: SecretSources,
): string | { problem: string } {
  if (reference.value !== undefined) return reference.value;
  if (reference.env !== undefined) {
    return sources.env[reference.env] ?? { problem: `must name a variable that is set; ${reference.env} is not` };
  }
  try {
    return readFileSync(resolve(sources.directory, reference.file!), 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    return { problem: `must name a file that can be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})` };
  }
}

function problemOf(secret: string): string | undefined {
  if (secret === '') return 'must not be empty';
  return secret.length > MAX_SECRET ? `must not be longer than ${MAX_SECRET} characters` : undefined;
}
