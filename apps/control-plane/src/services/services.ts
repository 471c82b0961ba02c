import { writePass } from '@baton/passes';
import type { Pass } from '@baton/passes';
import { ApiRefusal } from '../api/problem.js';

/** The services whose inner doors the control plane knows. */
export type ServiceName = 'orchestrator' | 'dispatcher' | 'ai';

const NAMES: Readonly<Record<ServiceName, string>> = {
  orchestrator: 'The escalation orchestrator',
  dispatcher: 'The channel dispatcher',
  ai: 'The AI',
};

const PATIENCE_MS = 15_000;

export interface Errands extends Pass {
  readonly signal?: AbortSignal;
}

/** Asks other services at their inner doors, each time with a pass of its own for one workspace and one errand. */
export class Services {
  constructor(
    private readonly urls: Readonly<Partial<Record<ServiceName, string>>>,
    private readonly key: string | undefined,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * One request, `path` beginning behind `/inner/v1`. Refusals of the service, 4xx, come back as its own answer.
   * @throws ApiRefusal `service-away` when it does not answer or is in trouble, `not-configured` when nobody said where it is
   */
  async ask(
    service: ServiceName,
    pass: Pass,
    request: {
      readonly method?: string;
      readonly path: string;
      readonly body?: unknown;
      /** Bytes as they come, or whole. */
      readonly bytes?: { readonly content: Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array>; readonly type: string };
      /** How long it may take (ms); 15 s unless it is known to take longer. */
      readonly withinMs?: number;
    },
    signal?: AbortSignal,
  ): Promise<Response> {
    const url = this.urls[service];
    if (url === undefined || this.key === undefined)
      throw new ApiRefusal(
        'not-configured',
        `${NAMES[service]} is not known to the control plane: set ${service.toUpperCase()}_URL and PASS_KEY.`,
      );
    const away = (why: string) =>
      new ApiRefusal('service-away', `${NAMES[service]} ${why}. What you see elsewhere is not touched by it; try again in a moment.`, {
        retryAfter: 5,
      });
    let response: Response;
    let refused: ApiRefusal | undefined;
    const bytes = request.bytes && watched(request.bytes.content, (error) => (refused = error));
    try {
      response = await fetch(`${url}/inner/v1${request.path}`, {
        method: request.method ?? 'GET',
        headers: {
          authorization: writePass(this.key, pass, this.now()),
          ...(request.bytes
            ? { 'content-type': request.bytes.type }
            : request.body !== undefined
              ? { 'content-type': 'application/json' }
              : {}),
        },
        ...(bytes
          ? { body: bytes as NonNullable<RequestInit['body']>, duplex: 'half' }
          : request.body !== undefined
            ? { body: JSON.stringify(request.body) }
            : {}),
        signal: AbortSignal.any([AbortSignal.timeout(request.withinMs ?? PATIENCE_MS), ...(signal ? [signal] : [])]),
      });
    } catch {
      throw refused ?? away('does not answer');
    }
    if (response.status >= 500 || response.status === 401) {
      await response.body?.cancel();
      throw away(response.status === 401 ? 'does not take our pass (is PASS_KEY the same there?)' : 'is in trouble');
    }
    return response;
  }

  /** The JSON of a success; a refusal of the service is passed on in its words. @throws ApiRefusal */
  async json<T>(...asked: Parameters<Services['ask']>): Promise<T> {
    const response = await this.ask(...asked);
    const body: unknown = response.status === 204 ? {} : await response.json().catch(() => ({}));
    if (response.ok) return body as T;
    const { message, field } = (body as { error?: { message?: string; field?: string } }).error ?? {};
    const code =
      response.status === 404
        ? 'not-found'
        : response.status === 409
          ? 'conflict'
          : response.status === 429
            ? 'too-many-requests'
            : response.status === 413
              ? 'too-large'
              : 'invalid-request';
    throw new ApiRefusal(
      code,
      message ?? 'The service refused.',
      field === undefined ? {} : { errors: [{ pointer: `/${field.replaceAll('.', '/')}`, message: message ?? '' }] },
    );
  }
}

/** The same bytes; tells when what they come from refuses to go on, because the request says only that it failed. */
function watched(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  onRefusal: (refusal: ApiRefusal) => void,
): Uint8Array | AsyncIterable<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  return (async function* () {
    try {
      yield* content;
    } catch (error) {
      if (error instanceof ApiRefusal) onRefusal(error);
      throw error;
    }
  })();
}
