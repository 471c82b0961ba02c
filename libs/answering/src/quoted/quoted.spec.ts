import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sentencesOf } from '@baton/language';
import { aPassage } from '../testing/builders.js';
import { sourceLines, titleOf } from './citation.js';
import { extract } from './extract.js';
import { plainText } from './plain-text.js';
import { quotedAnswer } from './quoted-answer.js';
import { unitsOf } from './units.js';

const guide = `## Returns

We want you to love what you bought. Most customers keep what they order. Our team checks every parcel by hand before it leaves the warehouse in Leipzig, so mistakes are rare.

You can return unworn items within 30 days of delivery. They must be in their original box. Sale items can be exchanged but are not refunded.

### How to return something

To return an item:

1. Sign in and open **Orders**.
2. Choose the order and press *Return*.
3. Print the label and stick it on the box.
4. Drop the box at any post office.

Refunds arrive within 5 working days after we received your parcel. They are paid back to the card you used.

| Country | Price |
|---|---|
| Germany | free |
| Norway | 12 € |

Gift cards are never refunded. However, they can be used for three years.`;

const asked = (question: string, text = guide, language = 'en') =>
  extract(question, language, [aPassage({ text, language })], () => true)?.text;

describe('the words that answer', () => {
  it('are the sentences that say most of what is asked, and what their paragraph adds', () => {
    expect(asked('How many days do I have to return unworn items?')).toBe(
      'You can return unworn items within 30 days of delivery. They must be in their original box. Sale items can be exchanged but are not refunded.',
    );
    expect(asked('when do refunds arrive')).toBe(
      'Refunds arrive within 5 working days after we received your parcel. They are paid back to the card you used.',
    );
    expect(asked('What does a return from Norway cost?')).toContain('Norway – 12 €');
  });

  it('are a whole list with the line that leads to it, when steps are asked for', () => {
    expect(asked('Where do I print the return label?')).toBe(
      'To return an item:\n1. Sign in and open Orders.\n2. Choose the order and press Return.\n3. Print the label and stick it on the box.\n4. Drop the box at any post office.',
    );
  });

  it('take in the sentence before them when they refer to it', () => {
    expect(asked('How long can they be used, three years?')).toBe(
      'Gift cards are never refunded. However, they can be used for three years.',
    );
  });

  it('are the beginning when the question has no word of the passage, as in another language', () => {
    expect(extract('Wie lange habe ich Zeit?', 'de', [aPassage({ text: guide })], () => true)?.text).toMatch(
      /^We want you to love what you bought\./,
    );
  });

  it('of a pair are its answer as a whole', () => {
    const pair = aPassage({ text: 'Yes. **All** of them, for [free](https://shop.example/free).', question: 'Are returns free?' });
    expect(extract('do I pay for returns', 'en', [pair], () => true)?.text).toBe('Yes. All of them, for free (https://shop.example/free).');
  });

  it('come from the passage that says more, among those that are nearly as relevant', () => {
    const general = aPassage({ text: 'Our shop has been selling shoes since 1990, and we are proud of it.', scores: { fused: 0.8 } });
    const exact = aPassage({ text: 'Refunds arrive within 5 days.', scores: { fused: 0.75 } });
    const far = aPassage({ text: 'When do refunds arrive? Refunds arrive soon.', scores: { fused: 0.2 } });
    expect(extract('When do refunds arrive?', 'en', [general, exact, far], () => true)?.passage).toBe(exact);
  });

  it('are never those that may not be quoted', () => {
    const text = extract('when do refunds arrive', 'en', [aPassage({ text: guide })], (sentence) => !sentence.startsWith('Refunds'))?.text;
    expect(text).not.toContain('Refunds arrive');
    expect(extract('x', 'en', [aPassage({ text: 'One. Two.' })], () => false)).toBeUndefined();
  });

  it('are whole sentences of the source, bounded, whatever the source and the question', () => {
    const word = fc.constantFrom('refund', 'return', 'the', 'box', 'Norway', '12', 'z.B.', 'shoe', 'card');
    const sentence = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => `${words.join(' ')} end.`);
    const paragraph = fc.array(sentence, { minLength: 1, maxLength: 8 }).map((sentences) => sentences.join(' '));
    const list = fc.array(sentence, { minLength: 1, maxLength: 40 }).map((items) => items.map((item) => `- ${item}`).join('\n'));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(paragraph, list), { minLength: 1, maxLength: 6 }),
        fc.array(word, { maxLength: 6 }),
        (blocks, question) => {
          const source = blocks.join('\n\n');
          const text = extract(question.join(' '), 'en', [aPassage({ text: source })], () => true)?.text ?? '';
          expect(text.length).toBeLessThanOrEqual(1_300);
          for (const line of text.split('\n').filter((each) => each !== '' && each !== '…')) {
            expect(line).toMatch(/end\.$/);
            expect(plainText(source)).toContain(line);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are found in any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ maxLength: 60 }), (text, question) => {
        extract(question, 'en', [aPassage({ text })], () => true);
      }),
    );
  });
});

describe('what is said with them', () => {
  const voice = (language: string) => ({ language, botName: 'Ada', texts: {} });

  it('is that something was found, and in which language it is', () => {
    const passage = aPassage({ text: 'Refunds take 5 days.' });
    expect(quotedAnswer('refunds?', [passage], 'refunds?', voice('en')).text).toBe('I found this:\nRefunds take 5 days.');
    expect(quotedAnswer('Erstattung?', [passage], 'Erstattung?', voice('de')).text).toBe(
      'Das habe ich gefunden (Englisch):\nRefunds take 5 days.',
    );
  });

  it('is nothing where only promises are left', () => {
    expect(quotedAnswer('call?', [aPassage({ text: 'Someone will call you.' })], 'call?', voice('en')).text).toBeUndefined();
  });

  it('is where they come from, each place once and without addresses that are none', () => {
    const citation = { chunkId: 'c', sourceId: 's', sourceVersion: 1 };
    expect(
      sourceLines(
        [
          { ...citation, title: 'A', url: 'https://a.example' },
          { ...citation, title: 'A', url: 'https://a.example' },
          { ...citation, title: 'B', url: 'javascript:alert(1)' },
        ],
        voice('fr'),
      ),
    ).toBe('Source: A – https://a.example\nSource: B');
  });

  it('names a title once, and not without end', () => {
    expect(titleOf({ sourceTitle: 'Help', titlePath: ['Help', 'Returns '] })).toBe('Help › Returns');
    expect(titleOf({ sourceTitle: 'x'.repeat(300), titlePath: [] })).toHaveLength(120);
  });
});

describe('sentences', () => {
  it.each([
    ['en', 'It costs 4.90 €. Ask Dr. Park, e.g. by phone. Done!', ['It costs 4.90 €.', 'Ask Dr. Park, e.g. by phone.', 'Done!']],
    ['de', 'Am 3. Mai ist zu. Das gilt z. B. für Bonn. Ende.', ['Am 3. Mai ist zu.', 'Das gilt z. B. für Bonn.', 'Ende.']],
    ['en', 'No. We deliver to No. 5 only.', ['No.', 'We deliver to No. 5 only.']],
    ['fr', 'Combien ? Voir p. ex. la page. Fin.', ['Combien ?', 'Voir p. ex. la page.', 'Fin.']],
    ['ja', '返品できます。三十日以内です。', ['返品できます。', '三十日以内です。']],
    ['!!', 'One. Two.', ['One.', 'Two.']],
  ])('in %s end where they end: %s', (language, text, sentences) => {
    expect(sentencesOf(text, language)).toEqual(sentences);
  });
});

describe('a source as a chat shows it', () => {
  it.each([
    ['# Title #', 'Title'],
    ['Some **bold**, _slanted_, `code` and ~~gone~~ words', 'Some bold, slanted, code and gone words'],
    ['[here](https://a.example/x_(y)) or [there](/relative)', 'here (https://a.example/x_(y)) or there'],
    ['<https://a.example> and [https://a.example](https://a.example)', 'https://a.example and https://a.example'],
    ['[mail](mailto:a@b.example)', 'mail (a@b.example)'],
    ['* one\n+ two', '- one\n- two'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a – b\n\n1 – 2'],
    ['> quoted\n---\n```\ncode\n```', 'quoted\n\n\ncode'.replace('\n\n\n', '\n\n')],
    ['Fish &amp; chips &#8364;5 &unknown;', 'Fish & chips €5 &unknown;'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
    ['<p>One</p><p>Two<br>Three</p><script>bad()</script>', 'One\nTwo\nThree'],
  ])('%j', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });

  it('keeps lists whole and headings out of what is quoted', () => {
    const units = unitsOf(guide);
    expect(units.filter(({ kind }) => kind === 'list')).toHaveLength(1);
    expect(units.some(({ text }) => text === 'Returns')).toBe(false);
    expect(units.find(({ kind }) => kind === 'list')?.words.has('something')).toBe(true);
  });
});
