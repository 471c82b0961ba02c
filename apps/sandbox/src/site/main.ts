import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { ownerLink } from '../platform/owner-link.js';
import { HELPDESK_WEBSITE } from '../platform/sandbox-crisp.js';
import { helpPage } from './help-page.js';
import { withPlants } from './plants.js';

/** Serves the start page at `/` and the demo shop at `/shop/`, both under a strict policy of their own. */

const CHAT_URL = process.env['CHAT_URL'] ?? 'http://127.0.0.1:4003';
const CRISP_URL = process.env['CRISP_URL'] ?? 'http://127.0.0.1:4100';
const MESSENGER_URL = process.env['MESSENGER_URL'] ?? 'http://127.0.0.1:4110';
const CONTROL_PLANE_URL = process.env['CONTROL_PLANE_URL'] ?? 'http://127.0.0.1:4004';
const PORT = Number(process.env['HTTP_PORT'] ?? 4000);
const HOST = process.env['HTTP_HOST'] ?? '127.0.0.1';

const LANDING = fileURLToPath(new URL('../../landing/', import.meta.url));
const SHOP = fileURLToPath(new URL('../../site/', import.meta.url));
const HELP = fileURLToPath(new URL('../../knowledge/pages/', import.meta.url));

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const common = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data: https: http:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];
const LANDING_POLICY = common.join('; ');
/** The shop embeds the chat: its script, its requests, its socket; nothing inline. */
const SHOP_POLICY = [
  ...common,
  `script-src 'self' ${CHAT_URL}`,
  `connect-src ${CHAT_URL} ${CHAT_URL.replace(/^http/, 'ws')}`,
  `media-src 'self' ${CHAT_URL}`,
].join('; ');

/** A file below `root`, or undefined: never one outside. */
async function fileIn(root: string, wanted: string): Promise<{ body: Buffer | string; type: string } | undefined> {
  const file = path.join(root, path.normalize(`/${wanted || 'index.html'}`));
  const type = TYPES[path.extname(file)];
  if (!type || !file.startsWith(root)) return undefined;
  const body = await readFile(file).catch(() => undefined);
  if (!body) return undefined;
  return { type, body: path.extname(file) === '.html' ? withAddresses(withPlants(body.toString(), drawing)) : body };
}

/** `help/delivery` is the page of that name which the assistants have read. */
async function helpOf(wanted: string): Promise<{ body: string; type: string } | undefined> {
  const name = /^help\/([a-z-]+)$/.exec(wanted)?.[1];
  const markdown = name && (await readFile(path.join(HELP, `${name}.md`), 'utf8').catch(() => undefined));
  if (!markdown) return undefined;
  const frame = await readFile(path.join(SHOP, 'help.html'), 'utf8');
  return { type: TYPES['.html']!, body: withAddresses(helpPage(frame, markdown)) };
}

function drawing(id: string): string {
  return readFileSync(path.join(SHOP, 'plants', `${id}.html`), 'utf8');
}

function withAddresses(html: string): string {
  const values = { CHAT_URL, CRISP_URL, MESSENGER_URL, HELPDESK_WEBSITE };
  return html.replace(/\{\{([A-Z_]+)\}\}/g, (whole, name: string) => values[name as keyof typeof values] ?? whole);
}

const server = Fastify({ forceCloseConnections: true });
server.get('/shop', (_request, reply) => reply.redirect('/shop/'));
/** Whoever sits at this machine is the owner of its sandbox: each time he gets a link that signs him in. */
server.get('/console', async (_request, reply) => {
  const link = await ownerLink(CONTROL_PLANE_URL).catch(() => undefined);
  if (link === undefined)
    return reply.code(503).type('text/plain; charset=utf-8').send('The console is not there yet. Load this page again in a moment.');
  return reply.header('cache-control', 'no-store').redirect(link);
});
server.get('/*', async (request, reply) => {
  const wanted = (request.params as { '*': string })['*'];
  const isShop = wanted.startsWith('shop/');
  const file = isShop ? wanted.slice('shop/'.length) : wanted;
  const found = (isShop ? await helpOf(file) : undefined) ?? (await fileIn(isShop ? SHOP : LANDING, file));
  return reply
    .code(found ? 200 : 404)
    .headers({
      'content-type': found?.type ?? 'text/plain; charset=utf-8',
      'content-security-policy': isShop ? SHOP_POLICY : LANDING_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cache-control': 'no-cache',
    })
    .send(found?.body ?? 'Nothing here.');
});

try {
  console.log(`site: ${await server.listen({ port: PORT, host: HOST })}`);
} catch (error) {
  console.error(`site: ${(error as Error).message}`);
  process.exit(1);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
