import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { STICKERS } from './stickers.js';

/** The page where a person plays the one who writes to the page; its files lie beside `src`, so that source and build find the same ones. */
const FOLDER = new URL('../../messenger/', import.meta.url);

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** What the page is made of; the small helpers are those of the inbox. */
const FILES: Record<string, string> = {
  '/': 'index.html',
  '/icon.svg': 'icon.svg',
  '/inbox/elements.js': '../inbox/elements.js',
  '/chevron.svg': '../inbox/chevron.svg',
};
for (const name of ['api', 'around', 'chat', 'composer', 'icons', 'message', 'messenger', 'people']) FILES[`/${name}.js`] = `${name}.js`;
for (const name of ['messenger', 'phone', 'around']) FILES[`/${name}.css`] = `${name}.css`;
for (const { name } of STICKERS) FILES[`/stickers/${name}.png`] = `stickers/${name}.png`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: https: http:",
  "media-src 'self' https: http:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export function registerMessengerPage(server: FastifyInstance): void {
  for (const [path, file] of Object.entries(FILES)) {
    server.get(path, async (_request, reply) =>
      reply
        .headers({
          'content-type': TYPES[file.split('.').at(-1)!]!,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-cache',
        })
        .send(await readFile(new URL(file, FOLDER))),
    );
  }
}
