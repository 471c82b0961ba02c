import { setTimeout as pause } from 'node:timers/promises';
import type { WantedSource } from './demo-sources.js';

export interface KnownSource {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly state: 'queued' | 'running' | 'ready' | 'partial' | 'failed';
  readonly progress: { readonly chunks: number };
  readonly problems: readonly { readonly message?: string; readonly problem?: string }[];
  readonly problemCount: number;
}

const WITHIN_MS = 180_000;
const LOOK_EVERY_MS = 300;

/** The door for the sources of one bot. */
export class BotSources {
  private readonly base: string;

  /** @param ai where the AI is, for example `http://127.0.0.1:4005` */
  constructor(
    ai: string,
    readonly botId: string,
    private readonly apiKey: string,
  ) {
    this.base = `${ai}/v1/bots/${botId}`;
  }

  async list(): Promise<KnownSource[]> {
    return (await this.call<{ sources: KnownSource[] }>('GET', '/sources')).sources;
  }

  /** Returns the source, and whether it is a new one. */
  async put({ title, key, json, file }: WantedSource): Promise<{ source: KnownSource; isNew: boolean }> {
    const query = file ? `?${new URLSearchParams({ name: file.name, title, key }).toString()}` : '';
    const response = await this.send('POST', `/sources${query}`, file ? file.bytes : { ...json, key });
    return { source: ((await response.json()) as { source: KnownSource }).source, isNew: response.status === 201 };
  }

  async change(id: string, change: object): Promise<void> {
    await this.send('PATCH', `/sources/${id}`, change);
  }

  async remove(id: string): Promise<void> {
    await this.send('DELETE', `/sources/${id}`);
  }

  call<T>(method: string, path: string, body?: object): Promise<T> {
    return this.send(method, path, body).then((response) => response.json() as Promise<T>);
  }

  private async send(method: string, path: string, body?: object | Uint8Array<ArrayBuffer>): Promise<Response> {
    const isFile = body instanceof Uint8Array;
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok)
      throw new Error(`${method} ${path.split('?')[0]} of ${this.botId} answered ${response.status} ${await response.text()}`);
    return response;
  }
}

export interface Loaded {
  readonly sources: number;
  readonly chunks: number;
  /** How many were not there before with this content. */
  readonly changed: number;
}

/**
 * Makes a bot know exactly these sources of ours, and waits until all of them can be found. What it knew already costs nothing.
 * @param onProgress told how many are there, when that changes
 * @throws Error when one of them could not be read
 */
export async function loadKnowledge(
  bot: BotSources,
  wanted: readonly WantedSource[],
  onProgress: (ready: number, all: number) => void = () => undefined,
): Promise<Loaded> {
  const ids = new Set<string>();
  let changed = 0;
  for (const source of wanted) {
    const { source: known, isNew } = await bot.put(source);
    ids.add(known.id);
    if (isNew) changed += 1;
  }
  // What stood under the same title with other words.
  const titles = new Set(wanted.map(({ title }) => title));
  for (const { id, title } of await bot.list()) if (titles.has(title) && !ids.has(id)) await bot.remove(id);

  const deadline = Date.now() + WITHIN_MS;
  for (let told = -1; ; await pause(LOOK_EVERY_MS)) {
    const mine = (await bot.list()).filter(({ id }) => ids.has(id));
    const broken = mine.find(({ state }) => state === 'failed' || state === 'partial');
    if (broken) throw new Error(`"${broken.title}" of ${bot.botId} is ${broken.state}: ${JSON.stringify(broken.problems)}`);
    const ready = mine.filter(({ state }) => state === 'ready');
    if (ready.length !== told && changed > 0) onProgress((told = ready.length), wanted.length);
    if (ready.length === ids.size)
      return { sources: ids.size, changed, chunks: ready.reduce((sum, { progress }) => sum + progress.chunks, 0) };
    if (Date.now() > deadline) throw new Error(`${bot.botId} has read ${ready.length} of ${ids.size} sources in ${WITHIN_MS / 1_000} s`);
  }
}
