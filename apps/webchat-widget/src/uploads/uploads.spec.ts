import { beforeEach, describe, expect, it } from '@jest/globals';
import { mayRetry, Uploads } from './uploads.js';
import type { FileBody } from './uploads.js';

const aFile = (name: string, size = 10): File => ({ name, size, type: 'image/png' }) as File;
const bodyOf = (name: string): FileBody => ({ type: 'file', name, url: `https://chat.example/${name}`, contentType: 'image/png' });

let isOnline: boolean;
let isTaken: boolean;
let told: string[];
let sending: { name: string; done: (body: FileBody) => void; fail: (error: object) => void; signal: AbortSignal }[];
let uploads: Uploads;

beforeEach(() => {
  isOnline = isTaken = true;
  told = [];
  sending = [];
  uploads = new Uploads({
    maxBytes: 100,
    send: (file, onProgress, signal) =>
      new Promise((done, fail) => {
        signal.addEventListener('abort', () => fail({ status: 0 }));
        sending.push({ name: file.name, done, fail, signal });
        onProgress(0.5);
      }),
    isOnline: () => isOnline,
    handedIn: (clientId, body) => {
      told.push(`${clientId} handed in as ${body.name}`);
      return isTaken;
    },
    changed: () => undefined,
    progress: (clientId, share) => void told.push(`${clientId} ${share}`),
    failed: ({ clientId, failed }) => void told.push(`${clientId} failed: ${failed}`),
  });
});

const states = (): string[] => uploads.all.map(({ clientId, failed }) => `${clientId} ${failed ?? 'waits'}`);
/** Until everything that was settled is known. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('files on their way', () => {
  it('go one after the other, in order, and tell how far they are', async () => {
    uploads.add(aFile('a.png'), 'a', 1);
    uploads.add(aFile('b.png'), 'b', 2);
    expect(sending.map(({ name }) => name)).toEqual(['a.png']);
    sending[0]!.done(bodyOf('a.png'));
    await settled();
    expect(sending.map(({ name }) => name)).toEqual(['a.png', 'b.png']);
    expect(told).toEqual(['a 0.5', 'a handed in as a.png', 'b 0.5']);
    expect(states()).toEqual(['b waits']);
  });

  it('are not even begun when they are too large', () => {
    uploads.add(aFile('a.png', 101), 'a', 1);
    expect(sending).toEqual([]);
    expect(states()).toEqual(['a too-large']);
    expect(told).toEqual(['a failed: too-large']);
  });

  it('wait for a line, and for the next one when it breaks', async () => {
    isOnline = false;
    uploads.add(aFile('a.png'), 'a', 1);
    expect(sending).toEqual([]);
    isOnline = true;
    uploads.pump();
    isOnline = false;
    sending[0]!.fail({ status: 0 });
    await settled();
    expect(states()).toEqual(['a waits']);
    isOnline = true;
    uploads.pump();
    expect(sending).toHaveLength(2);
  });

  it('may be refused, and hold up nothing then', async () => {
    uploads.add(aFile('a.exe'), 'a', 1);
    uploads.add(aFile('b.png'), 'b', 2);
    sending[0]!.fail({ status: 415, code: 'type-not-allowed' });
    await settled();
    expect(states()).toEqual(['a type-not-allowed', 'b waits']);
    expect(sending.map(({ name }) => name)).toEqual(['a.exe', 'b.png']);
  });

  it('are tried again when the visitor says so', async () => {
    uploads.add(aFile('a.png'), 'a', 1);
    sending[0]!.fail({ status: 503, code: 'try-later' });
    await settled();
    expect(states()).toEqual(['a try-later']);
    uploads.retry('a');
    expect(sending).toHaveLength(2);
    expect(states()).toEqual(['a waits']);
  });

  it('stay with their visitor when the message cannot be taken', async () => {
    isTaken = false;
    uploads.add(aFile('a.png'), 'a', 1);
    sending[0]!.done(bodyOf('a.png'));
    await settled();
    expect(states()).toEqual(['a full']);
  });

  it('can be given up at any time', async () => {
    uploads.add(aFile('a.png'), 'a', 1);
    uploads.add(aFile('b.png'), 'b', 2);
    uploads.remove('a');
    expect(sending[0]!.signal.aborted).toBe(true);
    await settled();
    expect(states()).toEqual(['b waits']);
    uploads.clear();
    await settled();
    expect(states()).toEqual([]);
    expect(told.filter((line) => line.includes('failed') || line.includes('handed in'))).toEqual([]);
  });
});

describe('a second attempt', () => {
  it.each([
    ['too-large', false],
    ['type-not-allowed', false],
    ['try-later', true],
    ['failed', true],
    [undefined, true],
  ])('after %s makes sense: %s', (reason, makesSense) => {
    expect(mayRetry(reason)).toBe(makesSense);
  });
});
