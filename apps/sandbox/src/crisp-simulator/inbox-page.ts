import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

/** The page where a person plays the agent; its files lie beside `src`, so that source and build find the same ones. */
const FOLDER = new URL('../../inbox/', import.meta.url);

const FILES: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/inbox.css': { file: 'inbox.css', type: 'text/css; charset=utf-8' },
  '/inbox.js': { file: 'inbox.js', type: 'text/javascript; charset=utf-8' },
  '/api.js': { file: 'api.js', type: 'text/javascript; charset=utf-8' },
  '/elements.js': { file: 'elements.js', type: 'text/javascript; charset=utf-8' },
  '/conversation-list.js': { file: 'conversation-list.js', type: 'text/javascript; charset=utf-8' },
  '/thread.js': { file: 'thread.js', type: 'text/javascript; charset=utf-8' },
  '/composer.js': { file: 'composer.js', type: 'text/javascript; charset=utf-8' },
  '/message.js': { file: 'message.js', type: 'text/javascript; charset=utf-8' },
  '/chevron.svg': { file: 'chevron.svg', type: 'image/svg+xml' },
  '/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
  // Pictures of the sandbox's agents, as Crisp's storage would have them.
  '/people/mia.png': { file: 'people/mia.png', type: 'image/png' },
  '/people/tom.png': { file: 'people/tom.png', type: 'image/png' },
  '/people/noor.png': { file: 'people/noor.png', type: 'image/png' },
};

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https: http:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export function registerInboxPage(server: FastifyInstance): void {
  for (const [path, { file, type }] of Object.entries(FILES)) {
    server.get(path, async (_request, reply) =>
      reply
        .headers({
          'content-type': type,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          ...(type === 'image/png' ? { 'cross-origin-resource-policy': 'cross-origin' } : {}),
          'cache-control': 'no-cache',
        })
        .send(await readFile(new URL(file, FOLDER))),
    );
  }
}
