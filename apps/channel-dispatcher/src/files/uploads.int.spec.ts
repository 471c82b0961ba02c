import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@baton/contracts';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { SCHEMA } from '../database/index.js';
import { House } from '../testing/house.js';
import type { Replica, Visitor } from '../testing/house.js';
import { samples } from '../testing/samples.js';
import { ORIGIN, Tab } from '../testing/visitor.js';
import { FileLinks } from './file-links.js';
import type { FileBody } from './hosted-files.js';

const MB = 1_048_576;
const KEY = Buffer.alloc(32, 7).toString('base64');

let house: House;
let replica: Replica;
let dataSource: DataSource;

beforeAll(async () => {
  house = await House.build();
  replica = await house.replica('only', { FILES_MAX_MB: '1', FILES_PER_VISITOR_MB: '2', NEW_VISITORS_PER_MINUTE: '1000' });
  dataSource = await createDataSource({ url: house.databaseUrl, schema: SCHEMA, applicationName: 'test', poolSize: 2 }).initialize();
}, 60_000);

afterAll(async () => {
  await dataSource.destroy();
  await house.demolish();
}, 30_000);

/** Links carry the public address; a test goes to the replica itself. */
const here = (url: string): string => url.replace('https://chat.example', replica.url);

async function handIn(visitor: Visitor, name: string, bytes: Buffer, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${replica.url}/v1/webchat/demo/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { origin: ORIGIN, authorization: `Bearer ${visitor.token}`, 'content-type': 'application/octet-stream', ...headers },
    body: new Uint8Array(bytes),
  });
}

describe('a file that a visitor hands in', () => {
  it('comes back under a signed address, as what it is, and nothing in it can run', async () => {
    const visitor = await house.visitor(replica);
    const response = await handIn(visitor, 'Grüße 👋.png', samples.png);
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([201, ORIGIN]);
    const body = (await response.json()) as FileBody;
    expect(body).toEqual({
      type: 'file',
      name: 'Grüße 👋.png',
      contentType: 'image/png',
      url: expect.stringMatching(/^https:\/\/chat\.example\/v1\/files\//),
    });
    const got = await fetch(here(body.url));
    expect(Buffer.from(await got.arrayBuffer())).toEqual(samples.png);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(samples.png.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
      'content-disposition': expect.stringMatching(/^inline; /),
      'cache-control': expect.stringMatching(/^private, max-age=/),
      'cross-origin-resource-policy': 'cross-origin',
      'accept-ranges': 'bytes',
    });
  });

  it('is only ever downloaded when a browser need not show it', async () => {
    const visitor = await house.visitor(replica);
    const body = (await (await handIn(visitor, 'page.txt', samples.html)).json()) as FileBody;
    expect(body.contentType).toBe('text/plain');
    const got = await fetch(here(body.url));
    expect(got.headers.get('content-disposition')).toMatch(/^attachment; filename="page\.txt"/);
    expect(got.headers.get('content-type')).toBe('text/plain');
  });

  it('can be read in pieces, as players do, and asked for without its bytes', async () => {
    const visitor = await house.visitor(replica);
    const film = Buffer.concat([samples.mp4, Buffer.alloc(700_000, 'x')]);
    const body = (await (await handIn(visitor, 'film.mp4', film)).json()) as FileBody;
    expect(Buffer.from(await (await fetch(here(body.url))).arrayBuffer()).equals(film)).toBe(true);
    const piece = await fetch(here(body.url), { headers: { range: 'bytes=4-300003' } });
    expect([piece.status, piece.headers.get('content-range')]).toEqual([206, `bytes 4-300003/${film.length}`]);
    expect(Buffer.from(await piece.arrayBuffer()).equals(film.subarray(4, 300_004))).toBe(true);
    expect((await fetch(here(body.url), { headers: { range: 'bytes=9999999-' } })).status).toBe(416);
    const head = await fetch(here(body.url), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(film.length), '']);
  });

  it.each<[string, string, Buffer, number, string]>([
    ['too large', 'a.png', Buffer.concat([samples.png, Buffer.alloc(MB)]), 413, 'too-large'],
    ['a program in the clothes of a picture', 'a.png', samples.exe, 415, 'type-not-allowed'],
    ['a drawing that may carry a program', 'a.svg', samples.svg, 415, 'type-not-allowed'],
    ['a page', 'a.html', samples.html, 415, 'type-not-allowed'],
    ['empty', 'a.txt', Buffer.alloc(0), 400, 'bad-request'],
  ])('is refused with a code when it is %s', async (_what, name, bytes, status, code) => {
    const response = await handIn(await house.visitor(replica), name, bytes);
    const { error } = (await response.json()) as { error: { code: string } };
    expect([response.status, error.code]).toEqual([status, code]);
  });

  it('is cut off when it does not say how large it is and never ends', async () => {
    const visitor = await house.visitor(replica);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(
        `${replica.url}/v1/webchat/demo/files?name=a.png`,
        {
          method: 'POST',
          headers: { origin: ORIGIN, authorization: `Bearer ${visitor.token}`, 'content-type': 'application/octet-stream' },
        },
        (response) => {
          resolve(response.statusCode);
          sending.destroy();
        },
      );
      sending.on('error', reject);
      const more = (): void => void (sending.destroyed || sending.write(Buffer.alloc(65_536), () => setImmediate(more)));
      more();
    });
    expect(status).toBe(413);
  });

  it('needs its visitor’s token, and a page on the list', async () => {
    const visitor = await house.visitor(replica);
    const status = async (headers: Record<string, string>) => (await handIn(visitor, 'a.png', samples.png, headers)).status;
    expect(await status({ authorization: 'Bearer nonsense' })).toBe(401);
    expect(await status({ authorization: '' })).toBe(401);
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ 'content-type': 'text/plain' })).toBe(400);
  });

  it('is one of not too many at once, and of not too much altogether', async () => {
    const visitor = await house.visitor(replica);
    const large = Buffer.concat([samples.png, Buffer.alloc(MB - 1_000)]);
    const codes: string[] = [];
    for (let i = 0; i < 11; i += 1) {
      const response = await handIn(visitor, 'a.png', i < 3 ? large : samples.png);
      codes.push(response.ok ? 'kept' : ((await response.json()) as { error: { code: string } }).error.code);
    }
    expect(codes).toEqual(['kept', 'kept', 'too-many-files', ...Array<string>(7).fill('kept'), 'too-fast']);
  });

  it('is said through the socket by its address only, and as what it is', async () => {
    const visitor = await house.visitor(replica);
    const body = (await (await handIn(visitor, 'photo.png', samples.png)).json()) as FileBody;
    const tab = await Tab.open(replica.url, visitor.token);
    const clientId = crypto.randomUUID();
    tab.say({ t: 'send', clientId, body: { ...body, name: 'invoice.exe', contentType: 'application/x-msdownload' } });
    await tab.gets('ack', (frame) => frame.clientId === clientId);
    const heard = await eventually(() =>
      house.heard.find((event) => event.type === 'visitor.message' && event.data.conversationId === visitor.conversationId),
    );
    expect(heard?.data).toMatchObject({ body });
    tab.cut();
  });

  it.each<[string, (own: FileBody, other: FileBody) => string]>([
    ['of somebody else', () => 'https://evil.example/v1/files/a/b?until=1&sig=2'],
    ['of another visitor', (_own, other) => other.url],
    ['that was changed', (own) => own.url.replace(/sig=.../, 'sig=AAA')],
  ])('cannot be said by an address %s', async (_what, address) => {
    const [visitor, other] = [await house.visitor(replica), await house.visitor(replica)];
    const [own, others] = await Promise.all(
      [visitor, other].map(async (one) => (await (await handIn(one, 'photo.png', samples.png)).json()) as FileBody),
    );
    const tab = await Tab.open(replica.url, visitor.token);
    const clientId = crypto.randomUUID();
    tab.say({ t: 'send', clientId, body: { ...own!, url: address(own!, others!) } });
    expect(await tab.gets('refused')).toEqual({ t: 'refused', code: 'unknown-file', clientId });
    tab.cut();
  });
});

describe('the address of a file', () => {
  it('is worth nothing with another signature, and is gone with its row', async () => {
    const visitor = await house.visitor(replica);
    const { url } = (await (await handIn(visitor, 'photo.png', samples.png)).json()) as FileBody;
    expect((await fetch(here(url).replace(/sig=.../, 'sig=AAA'))).status).toBe(404);
    expect((await fetch(here(url).replace(/until=\d/, 'until=9'))).status).toBe(404);
    await dataSource.query('DELETE FROM hosted_files WHERE conversation_id = $1', [visitor.conversationId]);
    const gone = await fetch(here(url));
    expect([gone.status, gone.headers.get('content-type')]).toEqual([410, 'text/plain; charset=utf-8']);
    expect(await gone.text()).toBe('This file was kept for a while and has been deleted.\n');
  });

  it('is good for as long as it says', async () => {
    const links = new FileLinks(replica.url, KEY);
    const gone = await fetch(links.linkTo(newId(), 'a.png', new Date(Date.now() - 1_000)));
    expect(gone.status).toBe(410);
  });

  it('takes the longest name in any script', async () => {
    const visitor = await house.visitor(replica);
    const { url, name } = (await (await handIn(visitor, `${'ف'.repeat(200)}.png`, samples.png)).json()) as FileBody;
    expect(name.length).toBe(80);
    expect((await fetch(here(url))).status).toBe(200);
  });
});
