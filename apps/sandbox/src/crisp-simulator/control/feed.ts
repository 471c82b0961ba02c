import type { ServerResponse } from 'node:http';
import type { SimulatedEvent } from '../model.js';
import type { World } from '../world.js';

const KEEP_ALIVE_MS = 15_000;

/** Tells browsers what happens, as server-sent events named `change`: which session changed and by what. */
export class Feed {
  private readonly readers = new Set<ServerResponse>();
  private readonly stopListening: () => void;
  private readonly beat: NodeJS.Timeout;

  constructor(world: World) {
    this.stopListening = world.onEvent((event) => this.tell(event));
    this.beat = setInterval(() => this.write(': still here\n\n'), KEEP_ALIVE_MS).unref();
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    response.write('retry: 1000\n\n');
    this.readers.add(response);
    response.once('close', () => this.readers.delete(response));
  }

  /** Everything may have changed: readers look again. */
  tellReset(): void {
    this.write(`event: change\ndata: ${JSON.stringify({ event: 'reset' })}\n\n`);
  }

  close(): void {
    clearInterval(this.beat);
    this.stopListening();
    for (const response of this.readers) response.end();
    this.readers.clear();
  }

  private tell({ event, website_id, session_id }: SimulatedEvent): void {
    if (this.readers.size === 0) return;
    this.write(`event: change\ndata: ${JSON.stringify({ event, website_id, session_id })}\n\n`);
  }

  private write(text: string): void {
    for (const response of this.readers) response.write(text);
  }
}
