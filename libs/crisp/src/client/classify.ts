import { CrispError, type CrispErrorCode } from '../crisp-error.js';

/** An answer of Crisp's REST API, before it is believed. */
export interface CrispAnswer {
  readonly status: number;
  /** The parsed body; undefined when it was no JSON. */
  readonly body: unknown;
  readonly retryAfter: string | null;
}

/** Which call was answered. */
export interface CrispCall {
  readonly method: string;
  /** As told in errors: no host, no e-mail address. */
  readonly route: string;
}

interface Envelope {
  readonly error: boolean;
  readonly reason?: unknown;
  readonly data?: unknown;
}

/** Reasons that say the same whatever the status is: Crisp may put them under 200 with `error: true`. */
const CODE_OF_REASON: Readonly<Record<string, CrispErrorCode>> = {
  rate_limited: 'crisp.rate-limited',
  quota_limit_exceeded: 'crisp.rate-limited',
  invalid_session: 'crisp.unauthorized',
  not_allowed: 'crisp.unauthorized',
  restricted_route_tier: 'crisp.unauthorized',
  not_subscribed: 'crisp.unauthorized',
  not_found: 'crisp.not-found',
  website_not_found: 'crisp.not-found',
  conversation_not_found: 'crisp.not-found',
  invalid_data: 'crisp.refused',
  search_query_too_long: 'crisp.refused',
  subscription_upgrade_required: 'crisp.refused',
};

/** The data of an answer that says it went well; everything else is thrown as a {@link CrispError}. */
export function dataOf(call: CrispCall, answer: CrispAnswer): unknown {
  const envelope = asEnvelope(answer.body);
  if (answer.status >= 200 && answer.status < 300 && envelope !== undefined && !envelope.error) return envelope.data ?? {};
  throw failureOf(call, answer, envelope);
}

function failureOf(call: CrispCall, answer: CrispAnswer, envelope: Envelope | undefined): CrispError {
  const reason = typeof envelope?.reason === 'string' ? envelope.reason.slice(0, 64) : undefined;
  const code = codeOf(answer.status, reason, envelope !== undefined);
  const detail = (envelope?.data as { message?: unknown } | undefined | null)?.message;
  const retryAfterMs = code === 'crisp.rate-limited' || answer.status === 503 ? waitOf(answer.retryAfter) : undefined;
  // A refusal under 4xx happened before anything was done. Behind a 5xx, and behind a success that cannot be read, it may have been.
  const surelyNot =
    !isWrite(call.method) || code === 'crisp.rate-limited' || !RETRIED.has(code) || (answer.status >= 400 && answer.status < 500);
  return new CrispError({
    code,
    route: call.route,
    status: answer.status,
    mayHaveHappened: !surelyNot,
    ...(reason === undefined ? {} : { reason }),
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

const RETRIED: ReadonlySet<CrispErrorCode> = new Set(['crisp.server-error', 'crisp.timeout', 'crisp.unreachable']);

function codeOf(status: number, reason: string | undefined, isCrisp: boolean): CrispErrorCode {
  if (status === 420 || status === 423 || status === 429) return 'crisp.rate-limited';
  if (status >= 500) return 'crisp.server-error';
  if (status === 408) return 'crisp.timeout';
  const said = reason !== undefined && Object.hasOwn(CODE_OF_REASON, reason) ? CODE_OF_REASON[reason] : undefined;
  if (said !== undefined) return said;
  if (status === 401 || status === 403) return 'crisp.unauthorized';
  // Not Crisp's envelope: something between us and Crisp answered, and it does not know the conversation.
  if (status < 400 || !isCrisp) return 'crisp.server-error';
  return status === 404 ? 'crisp.not-found' : 'crisp.refused';
}

/** What `fetch` threw, as our error. */
export function errorOfFetch(call: CrispCall, error: unknown): CrispError {
  const name = (error as { name?: unknown } | null)?.name;
  const write = isWrite(call.method);
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new CrispError({ code: 'crisp.timeout', route: call.route, mayHaveHappened: write, cause: error });
  }
  const neverSent = NEVER_SENT.has(systemCodeOf(error) ?? '');
  return new CrispError({ code: 'crisp.unreachable', route: call.route, mayHaveHappened: write && !neverSent, cause: error });
}

/** Failures from before the first byte of the request was on its way. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

interface SystemError {
  readonly code?: unknown;
  readonly cause?: unknown;
  /** Several addresses of one host were tried: they failed alike, the last one tells. */
  readonly errors?: readonly unknown[];
}

function systemCodeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const { code, cause, errors } = error as SystemError;
  return typeof code === 'string' ? code : systemCodeOf(errors?.at(-1) ?? cause, depth + 1);
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function asEnvelope(body: unknown): Envelope | undefined {
  const isOne = typeof body === 'object' && body !== null && typeof (body as { error?: unknown }).error === 'boolean';
  return isOne ? (body as Envelope) : undefined;
}

/** `Retry-After` in seconds; a date is not worth the trouble of two clocks. At most an hour. */
function waitOf(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Math.min(Number(retryAfter), 3_600) * 1_000 : undefined;
}
