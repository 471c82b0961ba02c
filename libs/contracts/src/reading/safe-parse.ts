import { z } from 'zod';

/**
 * Checks what others wrote, and never throws: a value that makes the check itself fail is refused as a whole. JSON can be nested deeper than
 * any program follows, and `{"length":{"toString":1}}` in the place of a text breaks the comparison of its length.
 */
export function safeParse<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    const message = error instanceof RangeError ? 'is nested too deeply' : 'cannot be read';
    return { success: false, error: new z.ZodError([{ code: 'custom', path: [], message, input: undefined }]) as z.ZodError<z.output<S>> };
  }
}
