/** A source as the service shows it; see `GET /v1/bots/:botId/sources`. */
export interface ShownSource {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly url: string | null;
  readonly fileName: string | null;
  readonly bytes: number;
  readonly enabled: boolean;
  readonly state: 'queued' | 'running' | 'ready' | 'partial' | 'failed';
  readonly progress: { readonly pagesDone: number; readonly pagesTotal: number; readonly chunks: number };
  readonly problems: readonly { readonly where: string; readonly code: string }[];
  readonly problemCount: number;
  readonly version: number;
  readonly everyHours: number | null;
  readonly dueAt: string | null;
  readonly takenInAt: string | null;
}

/** The service did not do what it was asked. */
export class ServiceRefusal extends Error {
  constructor(
    /** 0 when nobody answered. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Door {
  readonly url: string;
  readonly botId: string;
  readonly key: string;
}

const WITHIN_MS = 120_000;
/** A service that has just been started still reads its settings. */
const PATIENCE_MS = [500, 1_000, 2_000];

/** Asks one service about the knowledge of one bot. */
export class KnowledgeClient {
  constructor(private readonly door: Door) {}

  async list(): Promise<ShownSource[]> {
    return (await this.call<{ sources: ShownSource[] }>('GET', '/sources')).sources;
  }

  async one(id: string): Promise<ShownSource> {
    return (await this.call<{ source: ShownSource }>('GET', `/sources/${id}`)).source;
  }

  async add(body: object): Promise<ShownSource> {
    return (await this.call<{ source: ShownSource }>('POST', '/sources', body)).source;
  }

  /** @param about what the address says of the file: its name, title, public address, key */
  async upload(bytes: Buffer, about: Readonly<Record<string, string>>): Promise<ShownSource> {
    return (await this.call<{ source: ShownSource }>('POST', `/sources?${new URLSearchParams(about)}`, bytes)).source;
  }

  async replaceFile(id: string, bytes: Buffer, name: string): Promise<ShownSource> {
    return (await this.call<{ source: ShownSource }>('PATCH', `/sources/${id}?${new URLSearchParams({ name })}`, bytes)).source;
  }

  async change(id: string, change: object): Promise<ShownSource> {
    return (await this.call<{ source: ShownSource }>('PATCH', `/sources/${id}`, change)).source;
  }

  async refresh(id: string): Promise<ShownSource> {
    return (await this.call<{ source: ShownSource }>('POST', `/sources/${id}/refresh`)).source;
  }

  async remove(id: string): Promise<void> {
    await this.call('DELETE', `/sources/${id}`);
  }

  async ask(question: string): Promise<unknown> {
    return (await this.call<{ answer: unknown }>('POST', '/ask', { question })).answer;
  }

  private async call<T>(method: string, path: string, body?: object | Buffer): Promise<T> {
    for (const waitMs of [...PATIENCE_MS, undefined]) {
      const response = await this.send(method, path, body);
      if (response.status === 503 && waitMs !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        continue;
      }
      if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
      const told = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
      throw new ServiceRefusal(response.status, told.error?.message ?? `the service answered ${response.status}`);
    }
    throw new ServiceRefusal(503, 'the service is not ready');
  }

  private async send(method: string, path: string, body: object | Buffer | undefined): Promise<Response> {
    const { url, botId, key } = this.door;
    const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
    try {
      return await fetch(`${url}/v1/bots/${encodeURIComponent(botId)}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': type }) },
        ...(body && { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
        signal: AbortSignal.timeout(WITHIN_MS),
      });
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      throw new ServiceRefusal(0, `nobody answers at ${url}${cause?.code ? ` (${cause.code})` : ''}: is the service running?`);
    }
  }
}
