import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRichText, safeHref } from './rich-text.js';
import type { Block, Inline } from './rich-text.js';

/** Written the way HTML would be, so that a test can be read. */
function drawn(text: string): string {
  return readRichText(text).map(block).join('');
}
function block(from: Block): string {
  if (from.is === 'code') return `<pre>${from.text}</pre>`;
  if (from.is === 'paragraph') return `<p>${from.inside.map(inline).join('')}</p>`;
  const items = from.items.map((item) => `<li>${item.map(inline).join('')}</li>`).join('');
  return from.start === null ? `<ul>${items}</ul>` : `<ol ${from.start}>${items}</ol>`;
}
function inline(from: Inline): string {
  switch (from.is) {
    case 'text':
      return from.text;
    case 'code':
      return `<c>${from.text}</c>`;
    case 'bold':
      return `<b>${from.inside.map(inline).join('')}</b>`;
    case 'italic':
      return `<i>${from.inside.map(inline).join('')}</i>`;
    case 'link':
      return `<a ${from.href}>${from.inside.map(inline).join('')}</a>`;
  }
}

describe('what bots and agents write', () => {
  it.each([
    ['plain words', '<p>plain words</p>'],
    ['**bold**, *italic*, _too_ and `code`', '<p><b>bold</b>, <i>italic</i>, <i>too</i> and <c>code</c></p>'],
    ['**bold with *italic* inside**', '<p><b>bold with <i>italic</i> inside</b></p>'],
    ['one\ntwo\n\nthree', '<p>one\ntwo</p><p>three</p>'],
    ['- a\n- b\n\nafter', '<ul><li>a</li><li>b</li></ul><p>after</p>'],
    ['3. a\n4. b', '<ol 3><li>a</li><li>b</li></ol>'],
    ['```js\nlet a = **1**;\n```', '<pre>let a = **1**;</pre>'],
    ['[our page](https://example.org/a)', '<p><a https://example.org/a>our page</a></p>'],
  ])('%j is shown as it is meant', (text, shown) => expect(drawn(text)).toBe(shown));

  it.each(['2 * 3 * 4', 'snake_case_name', 'a ** b ** c', '``` never closed', '**', '[a](b)', '5 - 3', '1.5 kg'])(
    '%j is not taken for a mark',
    (text) => expect(drawn(text)).toBe(`<p>${text}</p>`),
  );
});

describe('addresses', () => {
  it.each([
    ['see https://example.org/a?b=c.', '<p>see <a https://example.org/a?b=c>https://example.org/a?b=c</a>.</p>'],
    ['(https://example.org/a_(b))', '<p>(<a https://example.org/a_(b)>https://example.org/a_(b)</a>)</p>'],
    ['write to mia@example.org!', '<p>write to <a mailto:mia@example.org>mia@example.org</a>!</p>'],
    ['mailto:mia@example.org', '<p><a mailto:mia@example.org>mailto:mia@example.org</a></p>'],
    ['tel:+4912345', '<p><a tel:+4912345>tel:+4912345</a></p>'],
    ['**https://example.org**', '<p><b><a https://example.org/>https://example.org</a></b></p>'],
  ])('%j can be followed', (text, shown) => expect(drawn(text)).toBe(shown));

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    '//example.org',
    'https://',
    'https:/example.org',
    'relative/path',
    '\u0001javascript:alert(1)',
  ])('%j is nowhere to go', (url) => {
    expect(safeHref(url)).toBeUndefined();
    expect(drawn(`[click](${url})`)).not.toMatch(/<a [^>]*>click/);
  });
});

describe('any text at all', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(fc.constantFrom('*', '_', '`', '[', '](', ')', 'https://a.b', ' ', '\n', '- ', 'x'), { maxLength: 60 })
      .map((parts) => parts.join('')),
  );

  it('loses none of its words, and becomes nothing but the marks there are', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const words = (given: string) => (given.match(/[a-z0-9]/gi) ?? []).sort().join('');
        expect(words(drawn(text).replace(/<\/?(?:p|b|i|c|li|ul|pre|ol \d+)>|<a [^>]*>|<\/a>/g, '')).length).toBeLessThanOrEqual(
          words(text).length,
        );
        for (const [, href] of drawn(text).matchAll(/<a ([^>]*)>/g)) expect(href).toMatch(/^(?:https?:\/\/|mailto:|tel:)/);
      }),
    );
  });

  it('is read in no time, however it was made to be slow', () => {
    for (const part of ['**a', '*a ', '_a', '[', '[a](', '`', 'a@', 'a.', 'https://', '((', '- \n', '```\n']) {
      const begun = performance.now();
      readRichText(part.repeat(16_000 / part.length));
      expect(performance.now() - begun).toBeLessThan(1_000);
    }
  });
});
