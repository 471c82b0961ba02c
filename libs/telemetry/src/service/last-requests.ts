import type { Server } from 'node:http';

/**
 * From now on every answer says that it is the last of its connection (`Connection: close`), so that callers who keep connections come with
 * their next request to somebody else, and none of them is cut off between two requests.
 */
export function lastRequests(server: Pick<Server, 'prependListener'>): void {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
}
