import type { ServerResponse } from 'node:http';

const KEEP_ALIVE_MS = 15_000;

/** Tells browsers what happens, as server-sent events named `change`. */
export class Feed<Change extends object> {
  private readonly readers = new Set<ServerResponse>();
  private readonly stopListening: () => void;
  private readonly beat: NodeJS.Timeout;

  /** @param listen begins to hand over what happens, and returns what ends that. */
  constructor(listen: (tell: (change: Change) => void) => () => void) {
    this.stopListening = listen((change) => this.tell(change));
    this.beat = setInterval(() => this.write(': still here\n\n'), KEEP_ALIVE_MS).unref();
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    response.write('retry: 1000\n\n');
    this.readers.add(response);
    response.once('close', () => this.readers.delete(response));
  }

  tell(change: Change): void {
    if (this.readers.size > 0) this.write(`event: change\ndata: ${JSON.stringify(change)}\n\n`);
  }

  close(): void {
    clearInterval(this.beat);
    this.stopListening();
    for (const response of this.readers) response.end();
    this.readers.clear();
  }

  private write(text: string): void {
    for (const response of this.readers) response.write(text);
  }
}
