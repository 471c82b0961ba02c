import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunkDocument, chunkPairs } from './chunk-document.js';
import type { ExtractedDocument } from './chunk.js';
import { CHUNK_SIZES, sizeOf } from './size.js';

const sentence = 'You may send an item back within thirty days of its arrival. ';
const paragraph = (length: number): string =>
  sentence
    .repeat(Math.ceil(length / sentence.length))
    .slice(0, length)
    .trim();
const doc = (text: string, titlePath: string[] = ['Returns']): ExtractedDocument => ({ title: 'Help', sections: [{ titlePath, text }] });
const textsOf = (document: ExtractedDocument): string[] => chunkDocument(document, { language: 'en' }).map(({ text }) => text);

describe('a document in chunks', () => {
  it('is one chunk when it is short, under its titles', () => {
    expect(chunkDocument({ ...doc('Send it back.'), url: 'https://shop.example/returns' }, { language: 'en' })).toEqual([
      {
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        titlePath: ['Help', 'Returns'],
        text: 'Send it back.',
        url: 'https://shop.example/returns',
        language: 'en',
      },
    ]);
  });

  it('does not say its title twice', () => {
    expect(chunkDocument(doc('x', ['help', 'Returns']))[0]!.titlePath).toEqual(['Help', 'Returns']);
  });

  it('is cut between paragraphs', () => {
    const parts = [paragraph(700), paragraph(600), paragraph(500)];
    expect(textsOf(doc(parts.join('\n\n')))).toEqual([parts[0], `${parts[1]}\n\n${parts[2]}`]);
  });

  it('is cut between sentences where a paragraph is too long', () => {
    for (const text of textsOf(doc(paragraph(5_000)))) {
      expect(text).toMatch(/^You may send/);
      expect(sizeOf(text)).toBeLessThanOrEqual(CHUNK_SIZES.most);
    }
  });

  it('keeps a short rest with what stands before it', () => {
    expect(textsOf(doc(`${paragraph(1_300)}\n\nAsk us.`))).toHaveLength(1);
  });

  it('never joins two sections', () => {
    const document = { title: 'Help', sections: ['a', 'b'].map((title) => ({ titlePath: [title], text: title })) };
    expect(chunkDocument(document).map(({ titlePath, text }) => [titlePath[1], text])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
  });

  it('cuts no item of a list, and its first words stay with the first item', () => {
    const items = Array.from({ length: 12 }, (_, at) => `- Step ${at}: ${paragraph(200)}\n  and so on`);
    const texts = textsOf(doc(`${paragraph(900)}\n\nWhat to do:\n\n${items.join('\n')}`));
    for (const item of items) expect(texts.filter((text) => text.includes(item))).toHaveLength(1);
    expect(texts[1]).toMatch(/^What to do:\n- Step 0/);
  });

  it('shows the header row of a table in each piece and cuts no row', () => {
    const rows = Array.from({ length: 60 }, (_, at) => `| Zone ${at} | ${at} days by parcel, two more by letter |`);
    const texts = textsOf(doc(['| Zone | Time |', '| --- | --- |', ...rows].join('\n')));
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).toMatch(/^\| Zone \| Time \|\n\| --- \| --- \|\n\| Zone \d+ \|/);
    for (const row of rows) expect(texts.filter((text) => text.includes(row))).toHaveLength(1);
  });

  it('keeps a short program whole and fences each piece of a long one', () => {
    const short = '```sh\nnpm start\n\nnpm test\n```';
    expect(textsOf(doc(`${paragraph(1_190)}\n\n${short}\n\n${paragraph(800)}`))[1]).toContain(short);
    const long = `\`\`\`js\n${Array.from({ length: 100 }, (_, at) => `const a${at} = ${at} + 1_000_000;`).join('\n')}\n\`\`\``;
    for (const text of textsOf(doc(long))) expect(text).toMatch(/^```js\n[^`]*\n```$/);
  });

  it('takes dense scripts for what they are', () => {
    const chinese = '您可以在收到商品后三十天内退货。'.repeat(100);
    const texts = textsOf(doc(chinese));
    expect(texts.join('')).toBe(chinese);
    for (const text of texts) expect(text.length).toBeLessThan(400);
  });

  it('is told its language piece by piece', () => {
    const german = 'Sie können jeden Artikel innerhalb von dreißig Tagen zurücksenden, wenn er nicht getragen wurde.';
    const document = { title: 'Help', sections: [doc(paragraph(300)), doc(german), doc('OK?')].flatMap(({ sections }) => sections) };
    expect(chunkDocument(document).map(({ language }) => language)).toEqual(['en', 'de', 'en']);
  });
});

/** Texts as people write them, and as nobody would. */
const pieceOfText = fc.oneof(
  fc.lorem({ maxCount: 60 }),
  fc.lorem({ maxCount: 400, mode: 'sentences' }),
  fc.string({ unit: 'grapheme', maxLength: 3_000 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.integer({ min: 1, max: 9 }).map((count) => Array.from({ length: count }, (_, at) => `- item ${at}`).join('\n')),
  fc
    .integer({ min: 1, max: 90 })
    .map((count) => `| a | b |\n|---|---|\n${Array.from({ length: count }, (_, at) => `| row ${at} | of many words |`).join('\n')}`),
  fc.integer({ min: 1, max: 90 }).map((count) => `\`\`\`\n${'some code here\n\n'.repeat(count)}\`\`\``),
  fc.constantFrom('```', '| a |', '|--|', '- ', '1. one', 'x'.repeat(4_000), '字'.repeat(900), `a${'\u0301'.repeat(3_000)}`, 'What to do:'),
);
const text = fc
  .array(pieceOfText, { maxLength: 8 })
  .chain((parts) => fc.constantFrom('\n', '\n\n', '\n \n', ' ').map((gap) => parts.join(gap)));
const documents = fc
  .array(fc.record({ titlePath: fc.array(fc.lorem({ maxCount: 3 }), { maxLength: 3 }), text }), { maxLength: 5 })
  .map((sections): ExtractedDocument => ({ title: 'Help', sections }));

/** Whether each sign that is no white space comes in the other text, too, in this order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  const signs = part.replace(/\s/g, '');
  for (let next = 0; next < whole.length && at < signs.length; next += 1) if (whole[next] === signs[at]) at += 1;
  return at === signs.length;
}

describe('whatever a document says', () => {
  it('nothing of it is lost, in order', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const whole = document.sections.map((section) => section.text).join('\n');
        return isWithin(whole, textsOf(document).join('\n'));
      }),
    );
  });

  it('no chunk is empty or too large', () => {
    fc.assert(
      fc.property(documents, (document) => textsOf(document).every((chunk) => chunk.trim() !== '' && sizeOf(chunk) <= CHUNK_SIZES.most)),
    );
  });

  it('a header row of signs that take more room than letters counts with its room', () => {
    const rows = Array.from({ length: 45 }, (_, at) => `| row ${at} | of many words |`);
    const chunks = textsOf(doc(`${'word '.repeat(60)}\n\n| ${'字'.repeat(60)} | b |\n|---|---|\n${rows.join('\n')}`));
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) expect(sizeOf(chunk)).toBeLessThanOrEqual(CHUNK_SIZES.most);
  });

  it('its chunks are told apart by their hashes, and are the same again', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const hashes = chunkDocument(document, { language: 'en' }).map(({ contentHash }) => contentHash);
        expect(new Set(hashes).size).toBe(hashes.length);
        expect(chunkDocument(document, { language: 'en' }).map(({ contentHash }) => contentHash)).toEqual(hashes);
      }),
      { numRuns: 50 },
    );
  });

  it('a change in one section leaves the chunks of the others as they were', () => {
    const distinct = documents.map(({ title, sections }) => ({
      title,
      sections: sections.map((section, at) => ({ ...section, titlePath: [`${at}`] })),
    }));
    fc.assert(
      fc.property(distinct, fc.nat(4), text, (document, nth, changed) => {
        const sections = document.sections.map((section, at) => (at === nth ? { ...section, text: changed } : section));
        const others = (of: ExtractedDocument): string[] =>
          chunkDocument(of, { language: 'en' }).flatMap(({ titlePath, contentHash }) => (titlePath[1] === `${nth}` ? [] : [contentHash]));
        expect(others({ ...document, sections })).toEqual(others(document));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a pair of question and answer', () => {
  it('is one chunk, with its question', () => {
    expect(chunkPairs([{ question: 'Do you ship to Norway?', answer: paragraph(1_800) }], 'FAQ', { language: 'en' })).toMatchObject([
      { question: 'Do you ship to Norway?', text: paragraph(1_800), titlePath: ['FAQ'], language: 'en' },
    ]);
  });

  it('is several with the same question when the answer is very long', () => {
    const chunks = chunkPairs([{ question: 'Why?', answer: paragraph(6_000) }], 'FAQ');
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks) expect(chunk.question).toBe('Why?');
  });
});
