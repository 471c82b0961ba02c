import { AsyncLocalStorage } from 'node:async_hooks';
import { Crisp } from 'crisp-api';
import { CrispError } from '../crisp-error.js';
import { dataOf, errorOfFetch, type CrispCall } from './classify.js';
import type { AnswerHeard } from './requests.js';

/** What one call asked for, and what is known of its answer. */
interface CallInProgress {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  status?: number;
}

/** 206: a page of a list with more behind it. */
const PARTIAL = 206;

/**
 * The package with its transport repaired. Its routes, credentials and headers stay its own; but all its routes end in six public
 * verbs, and those hide the status, take `error: true` under 200 for a success, reject with plain objects, tell a
 * time-out from a refused connection by no means, and wait a fixed 10 s. So the verbs are ours.
 */
export class RepairedCrisp extends Crisp {
  private readonly calls = new AsyncLocalStorage<CallInProgress>();

  constructor(private readonly onAnswer: (answer: AnswerHeard) => void = () => undefined) {
    super();
  }

  /** Runs one call of the package's own methods; `more` says that a list goes on behind this page. */
  async call(
    run: (crisp: Crisp) => Promise<unknown>,
    limits: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<{ data: unknown; more: boolean }> {
    const call: CallInProgress = { timeoutMs: limits.timeoutMs, signal: limits.signal };
    const data = await this.calls.run(call, () => run(this));
    return { data, more: call.status === PARTIAL };
  }

  override get(resource: string, query?: object): Promise<unknown> {
    return this.send('GET', resource, query, undefined);
  }

  override head(resource: string, query?: object | null): Promise<unknown> {
    return this.send('HEAD', resource, query, undefined);
  }

  override post(resource: string, query: object | null, body: object | null): Promise<unknown> {
    return this.send('POST', resource, query, body ?? {});
  }

  override patch(resource: string, query: object | null, body: object | null): Promise<unknown> {
    return this.send('PATCH', resource, query, body ?? {});
  }

  override put(resource: string, query: object | null, body: object | null): Promise<unknown> {
    return this.send('PUT', resource, query, body ?? {});
  }

  override delete(resource: string, query?: object | null, body?: object | null): Promise<unknown> {
    return this.send('DELETE', resource, query, body ?? undefined);
  }

  private async send(method: string, resource: string, query: object | null | undefined, body: object | undefined): Promise<unknown> {
    const url = withQuery(resource, query);
    const call: CrispCall = { method, route: routeOf(method, url) };
    const progress = this.calls.getStore();
    const limits = [progress?.signal, AbortSignal.timeout(progress?.timeoutMs ?? 10_000)].filter((signal) => signal !== undefined);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method,
        headers: this.headersOf(body),
        redirect: 'manual',
        signal: AbortSignal.any(limits),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch (error) {
      throw errorOfFetch(call, error);
    }
    if (progress !== undefined) progress.status = response.status;
    const answer = method === 'HEAD' && response.ok ? { error: false } : parsed(text);
    try {
      const data = dataOf(call, { status: response.status, body: answer, retryAfter: response.headers.get('retry-after') });
      this.onAnswer({ limited: false });
      return data;
    } catch (error) {
      this.onAnswer({ limited: error instanceof CrispError && error.code === 'crisp.rate-limited' });
      throw error;
    }
  }

  private headersOf(body: object | undefined): Record<string, string> {
    return {
      'User-Agent': this._useragent,
      'X-Crisp-Tier': this.auth.tier,
      ...this._customHeaders,
      ...(this.auth.token === null ? {} : { Authorization: `Basic ${this.auth.token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
  }
}

function withQuery(resource: string, query: object | null | undefined): URL {
  const url = new URL(resource);
  for (const [key, value] of Object.entries(query ?? {}) as [string, unknown][]) {
    if (value === null || value === undefined) continue;
    url.searchParams.append(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return url;
}

/** The path without what names a person. */
function routeOf(method: string, url: URL): string {
  const path = url.pathname.replaceAll(/[^/]*%40[^/]*/gi, ':email').replaceAll(/[^/]*@[^/]*/g, ':email');
  return `${method} ${path}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
