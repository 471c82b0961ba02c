import { gzipSync } from 'node:zlib';
import { goodHook, MESSENGER_PATH, SECRET_PATH, SIGNED_PATH, signedRequest } from './good-hook.js';
import type { Outcome, Piece } from './knock.js';

/** One way to be rude, and what an ingress may say to it. */
export interface RudeCase {
  readonly name: string;
  readonly pieces: () => readonly Piece[];
  readonly answers: readonly Outcome[];
  /** It is only over when the ingress loses patience. */
  readonly slow?: boolean;
}

const HEAD = 'Host: ingress\r\nContent-Type: application/json\r\n';
const post = (more: string, body = '', path = SECRET_PATH): string => `POST ${path} HTTP/1.1\r\n${HEAD}${more}\r\n${body}`;
const withBody = (body: string | Buffer, more = ''): readonly Piece[] => {
  const bytes = Buffer.from(body);
  return [post(`Content-Length: ${bytes.length}\r\n${more}`), bytes];
};
/** A good hook in whose JSON something stands that JSON.stringify would not write. */
const spliced = (field: string): string => goodHook(7).replace('"content":"Hello"', field);
const rude = (name: string, answers: readonly Outcome[], pieces: () => readonly Piece[], slow = false): RudeCase => ({
  ...{ name, answers, pieces },
  ...(slow && { slow }),
});

const FRAMING: readonly RudeCase[] = [
  rude('a chunk whose size is no number', [400, 'closed'], () => [post('Transfer-Encoding: chunked\r\n', 'zz\r\nhello\r\n0\r\n\r\n')]),
  rude('a chunk larger than any memory', [400, 408, 413, 'closed'], () => [
    post('Transfer-Encoding: chunked\r\n', 'FFFFFFFFFFFFFFFF\r\nhello'),
  ]),
  rude('a chunk longer than it says', [400, 'closed'], () => [post('Transfer-Encoding: chunked\r\n', '2\r\nhello\r\n0\r\n\r\n')]),
  rude('endless small chunks', [413, 'closed'], () => [
    post('Transfer-Encoding: chunked\r\n'),
    ...Array.from({ length: 80 }, () => `2000\r\n${'x'.repeat(0x2000)}\r\n`),
  ]),
  rude('two lengths', [400, 'closed'], () => [post('Content-Length: 5\r\nContent-Length: 6\r\n', 'helloo')]),
  rude('a length and chunks at once', [400, 'closed'], () => [
    post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\nPOST / HTTP/1.1\r\n\r\n'),
  ]),
  rude('a length below nothing', [400, 'closed'], () => [post('Content-Length: -1\r\n')]),
  rude('a length beyond all numbers', [400, 413, 'closed'], () => [post(`Content-Length: ${'9'.repeat(40)}\r\n`)]),
  rude('more than is taken', [413, 'closed'], () => withBody('x'.repeat(524_289))),
  rude('header lines of a megabyte', [431, 'closed'], () => [post(`X-Long: ${'a'.repeat(1_048_576)}\r\n`)]),
  rude('five thousand header lines', [400, 431, 'closed'], () => [
    post(Array.from({ length: 5_000 }, (_, n) => `X-${n}: ${n}\r\n`).join('')),
  ]),
  rude('a header line that goes on in the next', [400, 'closed'], () => [post('X-Folded: a\r\n b\r\nContent-Length: 0\r\n')]),
  rude('a zero byte in a header', [400, 'closed'], () => [post('X-Zero: a\u0000b\r\nContent-Length: 0\r\n')]),
  rude('lines that end without a carriage return', [400, 'closed'], () => [post('Content-Length: 0\r\n').replaceAll('\r\n', '\n')]),
  rude('noise instead of HTTP', [400, 'closed'], () => [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0xff, 0xfe, 0x0a])]),
  rude('a method that nobody knows', [400, 'closed'], () => ['HACK / HTTP/1.1\r\nHost: x\r\n\r\n']),
  rude('a tunnel', [400, 404, 405, 'closed'], () => ['CONNECT 10.0.0.1:9092 HTTP/1.1\r\nHost: 10.0.0.1:9092\r\n\r\n']),
  rude('a socket where there is none', [400, 401, 404, 405, 'closed'], () => [
    `GET ${SIGNED_PATH} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  ]),
  rude('a version of tomorrow', [400, 'closed'], () => ['GET / HTTP/9.9\r\nHost: x\r\n\r\n']),
  rude('no host', [400, 'closed'], () => [`POST ${SECRET_PATH} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`]),
  rude('a wish to be told to go on', [200, 401, 'closed'], () => [
    `POST ${SECRET_PATH} HTTP/1.1\r\n${HEAD}Expect: 100-continue\r\nContent-Length: ${ofDemo(901).length}\r\n\r\n`,
    50,
    ofDemo(901),
  ]),
  rude('a hundred requests in one go', [200], () => Array.from({ length: 100 }, (_, n) => signedRequest(goodHook(10_000 + n)))),
];

/** A hook of the website whose secret the URL carries. */
function ofDemo(number: number): string {
  return goodHook(number).replaceAll('666666666666', '555555555555');
}

const SLOW: readonly RudeCase[] = [
  rude('a body that never comes', [408, 'closed'], () => [post('Content-Length: 500\r\n'), 20_000], true),
  rude('a body of a byte a second', [408, 'closed'], () => [post('Content-Length: 500\r\n'), ...drops('{'.repeat(20))], true),
  rude('headers that never end', [408, 'closed'], () => [`POST ${SECRET_PATH} HTTP/1.1\r\n`, ...drops('X-A: b\r\n'.repeat(3))], true),
  rude('a connection that says nothing', [408, 'closed', 'hung'], () => [20_000], true),
];

function drops(text: string): Piece[] {
  return [...text].flatMap((drop) => [drop, 1_000]);
}

const ADDRESSES: readonly RudeCase[] = [
  rude('a path of 12 KiB', [400, 404, 414, 431, 'closed'], () => [post('Content-Length: 0\r\n', '', `/${'a'.repeat(12_288)}`)]),
  rude('a path that cannot be read', [400, 404], () => [post('Content-Length: 0\r\n', '', '/api/integrations/livechat/crisp/webhook/%zz')]),
  rude('a zero byte in the path', [400, 404], () => [
    post('Content-Length: 0\r\n', '', '/api/integrations/livechat/crisp/webhook/%00?key=x'),
  ]),
  rude('a bot that is a word of the language', [404], () => withPath('/api/integrations/livechat/crisp/webhook/__proto__?key=x')),
  rude('two secrets', [401], () => withPath(`${SECRET_PATH}&key=other`)),
  rude('a list of secrets', [401], () => withPath('/api/integrations/livechat/crisp/webhook/demo?key[]=x&key[a]=y')),
  rude('a challenge that is a page', [401, 403], () => [
    `GET ${MESSENGER_PATH}?hub.mode=subscribe&hub.verify_token=sandbox-verify-token&hub.challenge=%3Cscript%3E HTTP/1.1\r\nHost: x\r\n\r\n`,
  ]),
];

function withPath(path: string): readonly Piece[] {
  return [post('Content-Length: 2\r\n', '{}', path)];
}

const KINDS: readonly RudeCase[] = [
  rude('no content type', [400, 415], () => [`POST ${SECRET_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`]),
  rude('another content type', [415], () => [
    `POST ${SECRET_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>`,
  ]),
  rude('a content type that cannot be read', [400, 415], () => [
    `POST ${SECRET_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: ;;;=\u00ff\r\nContent-Length: 2\r\n\r\n{}`,
  ]),
  rude('a zipped body', [400], () => withBody(gzipSync(ofDemo(902)), 'Content-Encoding: gzip\r\n')),
  rude('a zipped body that would fill the memory', [400], () => withBody(gzipSync(Buffer.alloc(50_000_000)), 'Content-Encoding: gzip\r\n')),
  rude('another encoding than UTF-8', [400], () => withBody(Buffer.from(ofDemo(903).replace('Hello', 'é'), 'latin1'))),
  rude('a body of zero bytes', [400], () => withBody(Buffer.alloc(1_000))),
];

const SIGNED: readonly RudeCase[] = [
  rude('signed: nothing', [400], () => [signedRequest('')]),
  rude('signed: a quarter of a million brackets', [400], () => [signedRequest('['.repeat(250_000))]),
  rude('signed: deeper than any program follows', [200, 400], () => [
    signedRequest(spliced(`"content":${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`)),
  ]),
  rude('signed: names of the language for fields', [200, 400], () => [
    signedRequest(spliced('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"content":"Hello"')),
  ]),
  rude('signed: numbers beyond all numbers', [200, 400], () => [
    signedRequest(goodHook(8).replace(/"fingerprint":\d+/, `"fingerprint":${'9'.repeat(400)}`)),
  ]),
  rude('signed: a time that is none', [400], () => [signedRequest(goodHook(9).replace(/"timestamp":\d+\}/, '"timestamp":1e999}'))]),
  rude('signed: a text with a length that is no number', [400], () => [
    signedRequest(goodHook(14).replace('"message:send"', '{"length":{"toString":1}}')),
  ]),
  rude('signed: half of a letter', [200, 400], () => [signedRequest(spliced(String.raw`"content":"\ud800 and \udfff"`))]),
  rude('signed: a zero byte in the words', [200, 400], () => [signedRequest(spliced(String.raw`"content":"\u0000"`))]),
  rude('signed: the same field twice', [200, 400], () => [signedRequest(spliced('"content":"a","content":{"b":1}'))]),
  rude('signed: a session of 400 KiB', [400], () => [
    signedRequest(goodHook(10).replace(/session_\d[\w-]+/, `session_${'a'.repeat(400_000)}`)),
  ]),
  rude('a wrong signature', [401], () => [
    signedRequest(goodHook(11))
      .toString('latin1')
      .replace(/Signature: ..../, 'Signature: 0000'),
  ]),
  rude('a signature of another kind of text', [401], () => [
    signedRequest(goodHook(12))
      .toString('latin1')
      .replace(/Signature: \w+/, 'Signature: \u00fc\u00fc'),
  ]),
  rude('a time of signing that is none', [401], () => [
    signedRequest(goodHook(13))
      .toString('latin1')
      .replace(/Timestamp: \d+/, 'Timestamp: -Infinity'),
  ]),
];

/** Everything that was tried by hand or found by chance; each stays. */
export const RUDE_CASES: readonly RudeCase[] = [...FRAMING, ...SLOW, ...ADDRESSES, ...KINDS, ...SIGNED];
