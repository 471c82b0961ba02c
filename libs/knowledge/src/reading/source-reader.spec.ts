import { afterEach, describe, expect, it } from '@jest/globals';
import { makeDocx, makePdf } from '../extract/testing/make-files.js';
import type { Reading, SourceInput } from './read-source.js';
import { SourceReader } from './source-reader.js';
import type { SourceReaderOptions } from './source-reader.js';

let reader: SourceReader;
const readerWith = (options: SourceReaderOptions = {}): SourceReader => (reader = new SourceReader(options));
afterEach(() => reader.close());

const text = { kind: 'text', text: 'You may send it back.' } as const;

describe('a thread that reads', () => {
  it('reads every kind of source, one after another', async () => {
    readerWith();
    const read = (input: SourceInput): Promise<Reading> => reader.read(input);
    const readings = await Promise.all([
      read({ kind: 'markdown', text: '# Help\n## Returns\nThirty days.', hints: { url: 'https://shop.example/help' } }),
      read({ kind: 'pairs', pairs: [{ question: 'Where?', answer: 'Here.' }], hints: { title: 'FAQ' } }),
      read({ kind: 'file', bytes: makePdf([[[10, 'Out of a PDF.']]]), hints: { title: 'Manual' } }),
      read({ kind: 'file', bytes: makeDocx([['', 'Out of Word.']]), hints: { name: 'a.docx' } }),
      read({
        kind: 'file',
        bytes: Buffer.from('<html><head><meta name="robots" content="noindex"></head><body><h1>A page</h1>Hello.</body></html>'),
      }),
    ]);
    expect(readings.map(({ title, chunks }) => [title, chunks[0]?.text, chunks[0]?.question])).toEqual([
      ['Help', 'Thirty days.', undefined],
      ['FAQ', 'Here.', 'Where?'],
      ['Manual', 'Out of a PDF.', undefined],
      ['', 'Out of Word.', undefined],
      ['A page', 'Hello.', undefined],
    ]);
    expect(readings[4]?.page).toEqual({ noindex: true });
  });

  it('says what is wrong with a source and reads the next', async () => {
    readerWith();
    await expect(reader.read({ kind: 'file', bytes: makePdf([[]]) })).rejects.toMatchObject({ code: 'source.empty' });
    await expect(reader.read({ kind: 'file', bytes: Buffer.from('%PDF- no') })).rejects.toMatchObject({ code: 'source.broken' });
    await expect(reader.read({ kind: 'pairs', pairs: [] })).rejects.toMatchObject({ code: 'source.empty' });
    await expect(reader.read(text)).resolves.toMatchObject({ chunks: [{ text: text.text }] });
  });

  it('reads sitemaps, too', async () => {
    readerWith();
    expect(await reader.readSitemap('<urlset><url><loc>https://shop.example/a</loc></url></urlset>')).toEqual({
      pages: ['https://shop.example/a'],
      sitemaps: [],
    });
    expect(await reader.readSitemap('no')).toBeUndefined();
  });

  it('gives up what takes too long, and reads the next in a new thread', async () => {
    readerWith({ timeoutMs: 2_000 });
    const endless = { kind: 'file', bytes: Buffer.from(`<p>${'<a>x</a> <b>y</b> '.repeat(900_000)}`) } as const;
    await expect(reader.read(endless)).rejects.toMatchObject({ code: 'source.too-slow' });
    await expect(reader.read(text)).resolves.toMatchObject({ problems: [] });
  });

  it('may take its time to start: that is not the source’s', async () => {
    readerWith({ timeoutMs: 300 });
    await expect(reader.read(text)).resolves.toMatchObject({ problems: [] });
  });

  it('survives what would take all memory', async () => {
    readerWith({ memoryMb: 24 });
    const large = { kind: 'file', bytes: Buffer.from(`<div>${'<p><b>x</b></p>'.repeat(400_000)}</div>`) } as const;
    await expect(reader.read(large)).rejects.toMatchObject({ code: 'source.too-large' });
  });

  it('stops when nobody waits any more', async () => {
    readerWith();
    const stop = new AbortController();
    const given = reader.read(text, stop.signal);
    const next = reader.read(text);
    stop.abort();
    await expect(given).rejects.toMatchObject({ name: 'AbortError' });
    await expect(next).resolves.toMatchObject({ problems: [] });
    await reader.close();
    await expect(reader.read(text)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
