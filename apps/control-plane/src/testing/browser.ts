import { addressOf, ApiProblem, CSRF_HEADER, ProblemSchema, useSignInLink } from '@baton/control-api';
import type { CallOptions, Operation, RequestOf, ResultOf, Session } from '@baton/control-api';
import { parseSetCookie } from 'cookie';

/** What a browser of a person does: it keeps cookies, follows nothing by itself, and shows the session's token against other sites. */
export class Browser {
  readonly cookies = new Map<string, string>();
  csrfToken: string | undefined;

  constructor(
    private readonly baseUrl: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** @param at a path of the control plane, or a whole address */
  async get(at: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(at, this.baseUrl);
    const isOurs = url.origin === this.baseUrl;
    const response = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: {
        ...this.headers,
        ...(isOurs && this.cookies.size > 0 && { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(init.headers as Record<string, string> | undefined),
      },
    });
    if (isOurs) for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** As pages of the console do. @throws ApiProblem */
  async call<O extends Operation>(operation: O, request: RequestOf<O> = {}, o: CallOptions = {}): Promise<ResultOf<O>> {
    const response = await this.get(addressOf(operation, request), {
      method: operation.method,
      headers: {
        ...(operation.method !== 'GET' && this.csrfToken !== undefined && { [CSRF_HEADER]: this.csrfToken }),
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...(o.version === 'new' ? { 'if-none-match': '*' } : o.version !== undefined ? { 'if-match': `"${o.version}"` } : {}),
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
    const body: unknown = response.status === 204 ? {} : await response.json();
    if (!response.ok) throw new ApiProblem(ProblemSchema.parse(body));
    return body as ResultOf<O>;
  }

  /** Signs in with a one-time link. @param name of who comes for the first time */
  async enter(link: string, name?: string): Promise<Session> {
    const token = new URL(link).hash.slice(1);
    const session = await this.call(useSignInLink, { body: { token, ...(name !== undefined && { name }) } });
    this.csrfToken = session.csrfToken;
    return session;
  }

  private keep(line: string): void {
    const { name, value, expires } = parseSetCookie(line);
    if (expires && expires.getTime() <= Date.now()) this.cookies.delete(name);
    else this.cookies.set(name, value ?? '');
  }
}
