import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Crisp with one workspace and one plugin token. */
export interface PlayedCrisp {
  readonly url: string;
  readonly calls: string[];
  /** Calls that the token may not make, as `PATCH …/compose`. */
  denied: RegExp | undefined;
  close(): Promise<void>;
}

export const WEBSITE = '11111111-2222-4333-8444-555555555555';
export const TOKEN = { tokenId: 'a-token', tokenKey: 'the-key-of-the-token-1234' };

export async function playedCrisp(): Promise<PlayedCrisp> {
  const server = createServer((request, response) => {
    const call = `${request.method} ${request.url}`;
    played.calls.push(call);
    const answer = (status: number, reason: string, data: unknown = {}): void => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: status >= 400, reason, data }));
    };
    const right = `Basic ${Buffer.from(`${TOKEN.tokenId}:${TOKEN.tokenKey}`).toString('base64')}`;
    if (request.headers.authorization !== right || request.headers['x-crisp-tier'] !== 'plugin') return answer(401, 'invalid_session');
    if (!call.includes(WEBSITE)) return answer(404, 'not_subscribed');
    if (played.denied?.test(call)) return answer(403, 'not_allowed');
    if (call.includes('/conversation/')) return answer(404, 'conversation_not_found');
    if (call.includes('/availability/status')) return answer(200, 'resolved', { status: 'online' });
    if (/\/(conversations|operators)\//.test(call)) return answer(200, 'listed', []);
    return answer(200, 'resolved', { website_id: WEBSITE, name: 'Juniper Shop', domain: 'shop.example' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const played: PlayedCrisp = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    denied: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return played;
}
