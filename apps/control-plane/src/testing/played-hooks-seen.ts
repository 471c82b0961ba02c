import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InnerDoor } from '@baton/passes';

/** An AI that knows which web hooks came, and shows them to who has a pass. */
export interface PlayedHooksSeen {
  readonly url: string;
  /** By bot; each is of one workspace. */
  items: { botId: string; websiteId: string; workspaceId: string; since: string | null; last: string | null; count: number }[];
  close(): Promise<void>;
}

export async function playedHooksSeen(passKey: string): Promise<PlayedHooksSeen> {
  const door = new InnerDoor(passKey);
  const server = createServer((request, response) => {
    const pass = door.open(request.headers.authorization, 'operations');
    const isFound = request.url === '/inner/v1/hooks-seen';
    const status = 'status' in pass ? pass.status : isFound ? 200 : 404;
    const body =
      'status' in pass ? { error: pass.error } : { items: played.items.filter(({ workspaceId }) => workspaceId === pass.workspaceId) };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const played: PlayedHooksSeen = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    items: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return played;
}
