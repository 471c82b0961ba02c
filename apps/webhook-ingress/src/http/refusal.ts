/** Every way in which a web hook is refused: its HTTP status, and whether to come again. */
const REFUSALS = {
  'hook.unauthorized': { status: 401, message: 'the signature or the secret is missing, wrong or too old' },
  'hook.not-json': { status: 400, message: 'the body is not JSON in UTF-8' },
  'hook.invalid': { status: 400, message: 'the body is not a web hook' },
  'hook.forbidden': { status: 403, message: 'this is no verification of a web hook of ours' },
  'hook.wrong-website': { status: 400, message: 'the website does not belong to this bot' },
  'hook.too-many': { status: 413, message: 'the body says more at once than is taken' },
  'hook.too-large': { status: 413, message: 'the body is larger than is taken here' },
  'hook.not-json-type': { status: 415, message: 'the content type must be application/json' },
  'bot.unknown': { status: 404, message: 'no bot with such a connection is known by this name' },
  'plugin.unknown': { status: 404, message: 'no plugin is known by this id' },
  'bot.over-rate': { status: 429, message: 'more web hooks a second than are allowed here', retryAfterSeconds: 1 },
  'hook.repeated': { status: 429, message: 'this was stored before, and is said again too often', retryAfterSeconds: 1 },
  'address.over-rate': { status: 429, message: 'too much from this address was refused', retryAfterSeconds: 1 },
  'settings.not-current': { status: 503, message: 'the settings are not current; try again', retryAfterSeconds: 5 },
  'kafka.away': { status: 503, message: 'the web hook could not be stored; try again', retryAfterSeconds: 5 },
  'http.method': { status: 405, message: 'this method is not taken here' },
  'http.malformed': { status: 400, message: 'the request is malformed' },
  'http.not-found': { status: 404, message: 'there is nothing at this address' },
  internal: { status: 500, message: 'something went wrong on our side', retryAfterSeconds: 5 },
} as const satisfies Record<string, { status: number; message: string; retryAfterSeconds?: number }>;

export type RefusalCode = keyof typeof REFUSALS;

export const REFUSAL_CODES = Object.keys(REFUSALS) as RefusalCode[];

/** What the caller is told; never a secret, never a value out of the request. */
export interface Refusal {
  readonly status: number;
  readonly retryAfterSeconds?: number;
  readonly body: { readonly code: RefusalCode; readonly message: string; readonly field?: string };
}

/** @param field the field of the body that is wrong, such as `data.session_id`, with `why` it is */
export function refusal(code: RefusalCode, field?: string, why?: string): Refusal {
  const { status, message, retryAfterSeconds } = REFUSALS[code] as { status: number; message: string; retryAfterSeconds?: number };
  return {
    status,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    body: { code, message: why === undefined ? message : `${message}: ${why}`, ...(field !== undefined && { field }) },
  };
}
