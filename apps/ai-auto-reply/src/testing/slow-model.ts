import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A model behind an OpenAI-compatible endpoint that thinks until it is told to speak. */
export interface SlowModel {
  readonly baseUrl: string;
  /** Requests that were made so far. */
  readonly asked: number;
  /** Of them, those whose caller went away. */
  readonly abandoned: number;
  /** Answers all that wait, and all that come. */
  speak(text: string): void;
  think(): void;
  close(): Promise<void>;
}

export async function startSlowModel(): Promise<SlowModel> {
  const waiting = new Set<ServerResponse>();
  const counts = { asked: 0, abandoned: 0 };
  let words: string | undefined;
  const say = (response: ServerResponse, content: string): void => {
    waiting.delete(response);
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 0, model: 'slow', choices }));
  };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      counts.asked += 1;
      waiting.add(response);
      response.on('close', () => {
        if (waiting.delete(response)) counts.abandoned += 1;
      });
      if (words !== undefined) say(response, words);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get asked() {
      return counts.asked;
    },
    get abandoned() {
      return counts.abandoned;
    },
    speak: (text) => {
      words = text;
      for (const response of waiting) say(response, text);
    },
    think: () => {
      words = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
