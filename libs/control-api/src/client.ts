import { CSRF_HEADER } from './session/session.js';
import { ProblemSchema } from './problem.js';
import type { Problem } from './problem.js';
import type { Operation, RequestOf, ResultOf } from './operation.js';

/** The API said no; `problem` says why. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
  }
}

/** No answer at all: the network, or whatever stands between. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export interface ClientOptions {
  /** Where the API is, without a slash at its end; empty for the page's own origin. */
  readonly baseUrl: string;
  /** A bearer key; in a browser the session's cookie stands for it. */
  readonly key?: string;
  /** The session's token against requests of other sites, in a browser. */
  readonly csrfToken?: () => string | undefined;
}

export interface CallOptions {
  /** The version that is changed; `new` where there must be none yet. */
  readonly version?: number | 'new';
  readonly signal?: AbortSignal;
  /** Instead of a JSON body, where the operation takes bytes. */
  readonly bytes?: { readonly content: Blob | Uint8Array<ArrayBuffer>; readonly type: string };
}

/** Calls operations of the API by their definitions. */
export class ApiClient {
  constructor(private readonly options: ClientOptions) {}

  /**
   * @throws ApiProblem when the API refuses
   * @throws NoAnswer when nothing of ours answers
   */
  async call<O extends Operation>(operation: O, request: RequestOf<O> = {}, o: CallOptions = {}): Promise<ResultOf<O>> {
    const response = await this.send(operation, request, o);
    if (response.status === 204) return {} as ResultOf<O>;
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return (isJson ? await response.json() : await response.text()) as ResultOf<O>;
  }

  /** The same, with the raw answer of success: for streams and files. */
  async send<O extends Operation>(operation: O, request: RequestOf<O> = {}, o: CallOptions = {}): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.options.baseUrl}${addressOf(operation, request)}`, {
        method: operation.method,
        credentials: 'same-origin',
        headers: this.headers(operation, request, o),
        ...(o.bytes ? { body: o.bytes.content } : request.body !== undefined ? { body: JSON.stringify(request.body) } : {}),
        ...(o.signal && { signal: o.signal }),
      });
    } catch (error) {
      if (o.signal?.aborted) throw error;
      throw new NoAnswer('Baton does not answer. Check the connection and try again.');
    }
    if (response.ok) return response;
    const parsed = ProblemSchema.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) throw new NoAnswer(`Something between here and Baton answered with ${response.status}.`);
    throw new ApiProblem(parsed.data);
  }

  private headers<O extends Operation>(operation: O, request: RequestOf<O>, o: CallOptions): Record<string, string> {
    const csrf = operation.method === 'GET' ? undefined : this.options.csrfToken?.();
    return {
      accept: operation.produces ?? 'application/json',
      ...(o.bytes ? { 'content-type': o.bytes.type } : request.body !== undefined ? { 'content-type': 'application/json' } : {}),
      ...(this.options.key !== undefined && { authorization: `Bearer ${this.options.key}` }),
      ...(csrf !== undefined && { [CSRF_HEADER]: csrf }),
      ...(o.version === 'new' ? { 'if-none-match': '*' } : o.version !== undefined ? { 'if-match': `"${o.version}"` } : {}),
    };
  }
}

/** Path and query of a request. */
export function addressOf<O extends Operation>(operation: O, request: RequestOf<O>): string {
  const params = (request.params ?? {}) as Record<string, unknown>;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null) query.append(name, String(value));
  }
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}
