import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path answers: a text as a page, or whatever the function does. */
export type Answers = Readonly<Record<string, string | ((request: IncomingMessage, response: ServerResponse) => void)>>;

export interface TestSite {
  readonly url: string;
  readonly host: string;
  /** Paths in the order in which they were asked for. */
  readonly asked: string[];
  /** Changed while it runs. */
  answers: Answers;
  close(): Promise<void>;
}

/** A site of somebody else's, on this machine. */
export async function serveSite(answers: Answers): Promise<TestSite> {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    const answer = site.answers[path] ?? site.answers['*'];
    if (answer === undefined) return void response.writeHead(404).end();
    if (typeof answer === 'function') return answer(request, response);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
  };
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site: TestSite = {
    url: `http://${host}`,
    host,
    asked,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}
