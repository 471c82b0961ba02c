import { describe, expect, it } from '@jest/globals';
import { extract, kindOf } from './extract.js';
import type { FileHints } from './extracted.js';
import { type SourceError } from './source-error.js';
import type { SourceProblem } from './source-error.js';
import { makeDocx, makePdf, makeZip } from './testing/make-files.js';

const refusal = (code: SourceProblem): SourceError => expect.objectContaining({ code }) as unknown as SourceError;
const page = (...lines: (readonly [number, string])[]): (readonly [number, string])[] => lines;

describe('what a file is', () => {
  it.each<[string, Buffer, FileHints, string]>([
    ['a PDF that is called a text', makePdf([]), { name: 'a.txt', contentType: 'text/plain' }, 'pdf'],
    ['a Word document without a name', makeDocx([]), {}, 'docx'],
    ['a page that is called a text', Buffer.from('\ufeff \n<!-- x --><!DOCTYPE html><p>'), { name: 'a.txt' }, 'html'],
    ['a page that a server says', Buffer.from('hello'), { contentType: 'text/html; charset=utf-8' }, 'html'],
    ['part of a page', Buffer.from('<h1>Hello</h1>'), {}, 'html'],
    ['a table', Buffer.from('a;b'), { name: 'FAQ.CSV' }, 'csv'],
    ['Markdown', Buffer.from('# a'), { name: 'a.md' }, 'markdown'],
    ['a text', Buffer.from('hello'), {}, 'text'],
  ])('%s', (_what, bytes, hints, kind) => {
    expect(kindOf(bytes, hints)).toBe(kind);
  });

  it.each<[string, Buffer, FileHints, SourceProblem]>([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), { name: 'a.txt' }, 'source.unsupported'],
    ['a packed file', makeZip({ 'a.txt': 'x' }), { name: 'a.docx' }, 'source.unsupported'],
    ['an old Word document', Buffer.from('d0cf11e0a1b11ae1', 'hex'), { name: 'a.doc' }, 'source.unsupported'],
    [
      'a Word document behind a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      {},
      'source.encrypted',
    ],
    ['RTF', Buffer.from('{\\rtf1 hello}'), { name: 'a.txt' }, 'source.unsupported'],
    ['data', Buffer.from('{"a": 1}'), { contentType: 'application/json' }, 'source.unsupported'],
    ['a feed', Buffer.from('<?xml version="1.0"?><rss></rss>'), {}, 'source.unsupported'],
    ['damaged', Buffer.from('PK\u0003\u0004 and then nothing'), {}, 'source.broken'],
    ['empty', Buffer.alloc(0), {}, 'source.empty'],
    ['far too large', Buffer.alloc(21 * 1_048_576, 'a'), {}, 'source.too-large'],
  ])('%s is refused', async (_what, bytes, hints, code) => {
    await expect(extract(bytes, hints)).rejects.toEqual(refusal(code));
  });
});

describe('a PDF', () => {
  it('has headings, paragraphs, lists and whole words', async () => {
    const pdf = makePdf([
      page(
        [20, 'Guide'],
        [14, 'Returns'],
        [10, 'You may send an item back with-'],
        [10, 'in thirty days of its'],
        [10, ''],
        [10, 'Write to us.'],
      ),
      page([14, 'Delivery'], [10, 'It takes two days. We ship'], [10, 'on weekdays:'], [10, '\u0095 Monday'], [10, '\u0095 Friday']),
    ]);
    expect(await extract(pdf)).toEqual({
      title: 'Guide',
      document: {
        title: 'Guide',
        sections: [
          { titlePath: ['Guide', 'Returns'], text: 'You may send an item back within thirty days of its\n\nWrite to us.' },
          { titlePath: ['Guide', 'Delivery'], text: 'It takes two days. We ship on weekdays:\n- Monday\n- Friday' },
        ],
      },
      problems: [],
    });
  });

  it('is called as it says itself, unless that is the name of a file', async () => {
    const of = async (title: string): Promise<string> => (await extract(makePdf([page([10, 'x'])], { title }))).title;
    expect(await of('User guide')).toBe('User guide');
    expect(await of('Microsoft Word - guide.docx')).toBe('');
  });

  it('is read without what stands on every page', async () => {
    const pages = ['one', 'two', 'three', 'four', 'five'].map((name, at) =>
      page([8, 'Shop Ltd. Handbook'], [10, `Chapter ${name} is here.`], [8, `Page ${at + 1} of 5`]),
    );
    const text = (await extract(makePdf(pages))).document!.sections.map((section) => section.text).join('\n');
    expect(text).toContain('Chapter three is here.');
    expect(text).not.toMatch(/Handbook|Page \d/);
  });

  it.each<[string, Buffer, SourceProblem]>([
    ['behind a password', makePdf([page([10, 'x'])], { locked: true }), 'source.encrypted'],
    ['of pictures only', makePdf([page(), page()]), 'source.empty'],
    ['that is damaged', Buffer.from('%PDF-1.7\nnot really'), 'source.broken'],
  ])('%s is refused', async (_what, bytes, code) => {
    await expect(extract(bytes)).rejects.toEqual(refusal(code));
  });
});

describe('a Word document', () => {
  it('has a title, headings and paragraphs', async () => {
    const docx = makeDocx([
      ['Title', 'Our handbook'],
      ['heading1', 'Returns'],
      ['', 'Within thirty days.'],
      ['heading2', 'Sale'],
      ['', 'No returns of snake_case &amp; *sale* items.'],
    ]);
    expect(await extract(docx, { name: 'a.docx' })).toMatchObject({
      title: 'Our handbook',
      document: {
        sections: [
          { titlePath: ['Returns'], text: 'Within thirty days.' },
          { titlePath: ['Returns', 'Sale'], text: 'No returns of snake_case & *sale* items.' },
        ],
      },
    });
  });

  it.each<[string, Buffer, SourceProblem]>([
    ['that becomes far larger than it is', makeDocx([['', 'x']], { 'word/big.xml': 'a'.repeat(70 * 1_048_576) }), 'source.too-large'],
    ['with a password', makeZip({ 'word/document.xml': 'x' }, { encrypted: true }), 'source.encrypted'],
    ['without words', makeDocx([['', ' ']]), 'source.empty'],
    ['that is damaged', makeZip({ 'word/document.xml': '<not xml' }), 'source.broken'],
  ])('%s is refused', async (_what, bytes, code) => {
    await expect(extract(bytes)).rejects.toEqual(refusal(code));
  });
});
