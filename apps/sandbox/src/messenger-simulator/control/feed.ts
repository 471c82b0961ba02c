import type { ServerResponse } from 'node:http';
import type { Change, World } from '../world.js';

const KEEP_ALIVE_MS = 15_000;

/** Tells browsers what happens, as server-sent events named `change`: whom it concerns and what it was. */
export class Feed {
  private readonly readers = new Set<ServerResponse>();
  private readonly stopListening: () => void;
  private readonly beat: NodeJS.Timeout;

  constructor(world: World) {
    this.stopListening = world.onChange((change) => this.tell(change));
    this.beat = setInterval(() => this.write(': still here\n\n'), KEEP_ALIVE_MS).unref();
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    response.write('retry: 1000\n\n');
    this.readers.add(response);
    response.once('close', () => this.readers.delete(response));
  }

  close(): void {
    clearInterval(this.beat);
    this.stopListening();
    for (const response of this.readers) response.end();
    this.readers.clear();
  }

  private tell(change: Change): void {
    if (this.readers.size > 0) this.write(`event: change\ndata: ${JSON.stringify(change)}\n\n`);
  }

  private write(text: string): void {
    for (const response of this.readers) response.write(text);
  }
}
