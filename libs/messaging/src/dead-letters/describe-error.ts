import { UnprocessableEvent } from '../lanes/unprocessable-event.js';

/**
 * Says what went wrong without quoting data: an error's message may carry what a person wrote (Postgres puts values into it), so only its
 * name, its code and the place in the code are told; the words of an `UnprocessableEvent` are ours.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `something that is no error was thrown (${typeof error})`;
  if (error instanceof UnprocessableEvent) return error.message;
  const code = codeOf(error);
  const place = /\n\s+at (.+)/.exec(error.stack ?? '')?.[1];
  return `${error.name}${code ? ` ${code}` : ''}${place ? ` at ${place.replace(/\(?file:\/\/\/?\S*\/((?:apps|libs|node_modules)\/)/, '($1')}` : ''}`;
}

function codeOf(error: Error): string | undefined {
  for (let e: unknown = error; e instanceof Error; e = e.cause ?? (e as { driverError?: unknown }).driverError) {
    const { code } = e as { code?: unknown };
    if (typeof code === 'string' && code.length <= 60) return code;
  }
  return undefined;
}
