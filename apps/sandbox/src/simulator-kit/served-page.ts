import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

/** The pages lie beside `src`, so that source and build find the same ones. */
const SANDBOX = new URL('../../', import.meta.url);

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** What every page of a simulator has: the small helpers, the base of its looks, one arrow. */
const KIT = ['base.css', 'control.js', 'elements.js', 'line-list.js', 'chevron.svg'];

export interface ServedPage {
  /** The folder of the sandbox in which its files lie. */
  readonly folder: string;
  /** Where it is served; `/` or a path that ends with one. */
  readonly at: string;
  /** Its files, named from the folder; `index.html` is the page itself. */
  readonly files: readonly string[];
  /** Its pictures may be shown by pages of other origins. */
  readonly sharesPictures?: boolean;
}

/** Serves pages under a strict policy: scripts and looks of our own only, pictures and sound from anywhere. */
export function servePages(server: FastifyInstance, pages: readonly ServedPage[]): void {
  for (const name of KIT) serveFile(server, `/page-kit/${name}`, `page-kit/${name}`, false);
  for (const { folder, at, files, sharesPictures = false } of pages) {
    serveFile(server, at, `${folder}/index.html`, false);
    for (const name of files) serveFile(server, `${at}${name}`, `${folder}/${name}`, sharesPictures && name.endsWith('.png'));
  }
}

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

function serveFile(server: FastifyInstance, path: string, file: string, isShared: boolean): void {
  server.get(path, async (_request, reply) =>
    reply
      .headers({
        'content-type': TYPES[file.split('.').at(-1)!]!,
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        ...(isShared ? { 'cross-origin-resource-policy': 'cross-origin' } : {}),
        'cache-control': 'no-cache',
      })
      .send(await readFile(new URL(file, SANDBOX))),
  );
}
