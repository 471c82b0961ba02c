import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { renderMetrics } from '../metrics.js';
import type { Health } from './health.js';

/** Serves `/health/live`, `/health/ready`, `/health/settings` and `/metrics` for a service that has no other HTTP; port 0 takes a free one. */
export async function startHealthServer(options: { health: Health; host: string; port: number }): Promise<Server> {
  const { health } = options;
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET') return void response.writeHead(405).end();
    if (path === '/health/live' || path === '/health/ready') {
      const report = path === '/health/live' ? health.live() : health.ready();
      const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
      return void response.writeHead(report.ok ? 200 : 503, headers).end(JSON.stringify(report));
    }
    if (path === '/health/settings') {
      const held = health.settingHeld(new URLSearchParams(request.url?.split('?')[1]).get('settingId') ?? '');
      const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
      return void response.writeHead(200, headers).end(JSON.stringify(held));
    }
    if (path !== '/metrics') return void response.writeHead(404).end();
    void renderMetrics().then(
      ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return server;
}
