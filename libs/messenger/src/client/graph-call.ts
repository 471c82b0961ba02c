import { safeParse } from '@baton/contracts';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { classifyMessengerError } from './classify.js';
import type { MessengerErrorClass } from './error-class.js';
import { MessengerError, type MessengerFailure } from './messenger-error.js';
import type { CallOptions, MessengerClientOptions } from './requests.js';
import { readUsage } from './usage.js';

const DEFAULT_URL = 'https://graph.facebook.com';
const DEFAULT_VERSION = 'v25.0';
const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_RETRY_AFTER_S = 3_600;

export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the version; ids in it were checked. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Loose, as Meta's errors are: each field may be missing. */
const FailureSchema = z.looseObject({
  error: z.looseObject({
    code: z.int().optional().catch(undefined),
    error_subcode: z.int().optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
    fbtrace_id: z.string().max(64).optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
  }),
});
type GraphFailure = z.output<typeof FailureSchema>['error'];

const TIMED_OUT: MessengerErrorClass = { reason: 'messenger.timeout', failure: 'temporary', act: 'retry', alert: false };
const UNREACHABLE: MessengerErrorClass = { reason: 'messenger.unreachable', failure: 'temporary', act: 'retry', alert: false };
const UNREADABLE: MessengerErrorClass = { reason: 'messenger.unreadable', failure: 'temporary', act: 'retry', alert: false };

/** One call to the Graph API as the page, and what its answer means. The token travels in the query, which nothing here tells anybody. */
export class GraphCaller {
  private readonly base: string;
  private readonly credentials: Readonly<Record<string, string>>;

  constructor(private readonly options: MessengerClientOptions) {
    this.base = `${(options.graphUrl ?? DEFAULT_URL).replace(/\/+$/, '')}/${options.graphVersion ?? DEFAULT_VERSION}`;
    const { pageToken, proofSecret } = options;
    this.credentials = {
      access_token: pageToken,
      ...(proofSecret === undefined ? {} : { appsecret_proof: createHmac('sha256', proofSecret).update(pageToken).digest('hex') }),
    };
  }

  /** The parsed answer of a call that went well; everything else is thrown as a {@link MessengerError}. */
  async call<Schema extends z.ZodType>(schema: Schema, request: GraphRequest, o: CallOptions): Promise<z.output<Schema>> {
    const url = new URL(`${this.base}${request.path}`);
    const route = `${request.method} ${url.pathname}`;
    const isWrite = request.method !== 'GET';
    for (const [name, value] of Object.entries({ ...request.query, ...this.credentials })) url.searchParams.set(name, value);
    const { response, text } = await this.fetched(url, request, o).catch((error: unknown) => {
      throw errorOfFetch(error, route, isWrite);
    });
    const usage = readUsage(response.headers);
    if (usage !== undefined) this.options.onUsage?.(usage);
    const answer = parsed(text);
    const failure = safeParse(FailureSchema, answer).data?.error;
    const result = response.ok && failure === undefined ? safeParse(schema, answer) : undefined;
    if (result?.success) return result.data;
    throw errorOfAnswer({ response, failure, route, isWrite, usageWaitMs: usage?.waitMs });
  }

  private async fetched(url: URL, { method, body }: GraphRequest, o: CallOptions): Promise<{ response: Response; text: string }> {
    const timeout = AbortSignal.timeout(o.timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: o.signal === undefined ? timeout : AbortSignal.any([o.signal, timeout]),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { response, text: await response.text() };
  }
}

/** A call that was not made, because Meta could only refuse it. */
export function notSent(reason: MessengerErrorClass['reason'], route: string): MessengerError {
  return new MessengerError({ class: { reason, failure: 'permanent', act: 'refuse', alert: true }, mayHaveHappened: false, route });
}

interface Answer {
  readonly response: Response;
  readonly failure: GraphFailure | undefined;
  readonly route: string;
  readonly isWrite: boolean;
  readonly usageWaitMs: number | undefined;
}

function errorOfAnswer({ response, failure, route, isWrite, usageWaitMs }: Answer): MessengerError {
  const { status } = response;
  const errorClass = failure === undefined && status < 400 ? UNREADABLE : classOf(failure, status);
  const retryAfterMs = waitOf(errorClass, response.headers.get('retry-after'), usageWaitMs);
  const said: Partial<Pick<MessengerFailure, 'graphCode' | 'subcode' | 'fbtraceId' | 'detail'>> = {
    ...(failure?.code === undefined ? {} : { graphCode: failure.code }),
    ...(failure?.error_subcode === undefined ? {} : { subcode: failure.error_subcode }),
    ...(failure?.fbtrace_id === undefined ? {} : { fbtraceId: failure.fbtrace_id }),
    ...(failure?.message === undefined ? {} : { detail: failure.message }),
  };
  return new MessengerError({
    class: errorClass,
    mayHaveHappened: isWrite && mayHaveHappened(failure, status),
    status,
    route,
    ...said,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function classOf(failure: GraphFailure | undefined, status: number): MessengerErrorClass {
  return classifyMessengerError(failure?.code, failure?.error_subcode, status, {
    ...(failure?.type === undefined ? {} : { type: failure.type }),
    ...(failure?.is_transient === undefined ? {} : { transient: failure.is_transient }),
  });
}

/** Meta's "unknown error". */
const UNKNOWN_ERROR = 1;

/** An error that Meta itself names was not done, except its unknown one; behind any other 5xx or unreadable success it may have been. */
function mayHaveHappened(failure: GraphFailure | undefined, status: number): boolean {
  if (failure?.code !== undefined) return failure.code === UNKNOWN_ERROR;
  return status >= 500 || (status >= 200 && status < 300);
}

/** The longest of what the class implies and Meta asks for; `Retry-After` in seconds only, at most an hour. */
function waitOf(errorClass: MessengerErrorClass, retryAfter: string | null, usageWaitMs = 0): number | undefined {
  const asked = /^\d{1,6}$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter), MAX_RETRY_AFTER_S) * 1_000 : 0;
  const limited = errorClass.act === 'slow-down' ? usageWaitMs : 0;
  const wait = Math.max(errorClass.waitMs ?? 0, asked, limited);
  return wait > 0 ? wait : undefined;
}

/** Failures from before the first byte of a request was on its way. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The cause is not kept: what it quotes is not ours to know. Its system code is. */
function errorOfFetch(error: unknown, route: string, isWrite: boolean): MessengerError {
  const { name } = Object(error) as { name?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return new MessengerError({ class: TIMED_OUT, mayHaveHappened: isWrite, route });
  const systemCode = systemCodes(error)[0];
  return new MessengerError({
    class: UNREACHABLE,
    mayHaveHappened: isWrite && !(systemCode !== undefined && NEVER_SENT.has(systemCode)),
    route,
    ...(systemCode === undefined ? {} : { systemCode }),
  });
}

/** The codes in an error, its causes and the errors it gathers (one for each address of a host), the outermost first. */
function systemCodes(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])].flatMap((one) => systemCodes(one, depth + 1));
  return typeof code === 'string' ? [code, ...inner] : inner;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
