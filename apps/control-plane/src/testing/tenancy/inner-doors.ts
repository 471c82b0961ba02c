import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPass } from '@baton/passes';
import type { Pass } from '@baton/passes';

/** What somebody asked at an inner door of another service. */
export interface InnerCall {
  readonly path: string;
  readonly pass: Pass | undefined;
}

/** Stands for the other services: notes who asks for which workspace, and has nothing. */
export async function noteInnerCalls(
  passKey: string,
): Promise<{ readonly url: string; readonly calls: InnerCall[]; close(): Promise<void> }> {
  const calls: InnerCall[] = [];
  const server = createServer((request, response) => {
    calls.push({ path: request.url ?? '', pass: readPass(passKey, request.headers.authorization, new Date()) });
    request.resume();
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"there is nothing"}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
