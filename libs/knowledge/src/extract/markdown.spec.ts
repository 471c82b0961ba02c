import { describe, expect, it } from '@jest/globals';
import { fromMarkdown, fromPlainText } from './markdown.js';
import { SourceError } from './source-error.js';

const sections = (text: string): unknown => fromMarkdown(text).document?.sections;
const bodyOf = (text: string): string | undefined => fromMarkdown(text).document?.sections[0]?.text;

describe('Markdown', () => {
  it('becomes sections under the titles above them', () => {
    const text = '# Help\n\nWelcome.\n\n## Returns\n\n### How\n\nBy post.\n\n## Delivery ##\nTwo days.';
    expect(fromMarkdown(text)).toEqual({
      title: 'Help',
      document: {
        title: 'Help',
        sections: [
          { titlePath: ['Help'], text: 'Welcome.' },
          { titlePath: ['Help', 'Returns', 'How'], text: 'By post.' },
          { titlePath: ['Help', 'Delivery'], text: 'Two days.' },
        ],
      },
      problems: [],
    });
  });

  it('may underline its headings', () => {
    expect(sections('Help\n====\nOne.\n\nReturns\n-------\nTwo.')).toEqual([
      { titlePath: ['Help'], text: 'One.' },
      { titlePath: ['Help', 'Returns'], text: 'Two.' },
    ]);
  });

  it('says its title before the text', () => {
    expect(fromMarkdown('---\ntitle: "Shipping"\ntags: [a]\n---\nTwo days.')).toMatchObject({
      title: 'Shipping',
      document: { sections: [{ titlePath: [], text: 'Two days.' }] },
    });
    expect(fromMarkdown('# Help\nx', { title: 'Given' }).title).toBe('Given');
  });

  it.each([
    ['**Bold**, *slanted*, __bold__, _slanted_ and ~~gone~~', 'Bold, slanted, bold, slanted and gone'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['press `Ctrl_*_C`', 'press Ctrl_*_C'],
    [
      'see [our page](https://shop.example/a_b_c "title") or [the list][1]\n\n[1]: https://shop.example/list',
      'see our page (https://shop.example/a_b_c) or the list (https://shop.example/list)',
    ],
    ['[https://shop.example](https://shop.example)', 'https://shop.example'],
    ['[above](#above) and <https://shop.example>', 'above and https://shop.example'],
    ['write to [us](mailto:help@shop.example)', 'write to us (help@shop.example)'],
    ['![A map](map.png) of the shop', 'A map of the shop'],
    ['5 \\* 3 &lt; 20 &amp; &#8364;9', '5 * 3 < 20 & €9'],
    ['one<br>two <b>three</b> <!-- four -->', 'one\ntwo three'],
    ['lines that were\nbroken by hand', 'lines that were broken by hand'],
    ['12 High Street  \nLondon', '12 High Street\nLondon'],
    ['> quoted\n> twice', 'quoted twice'],
    ['- one\n  more\n- two', '- one more\n- two'],
    ['a\u00ad\u200bb\u0000c\r\n\r\nd', 'abc\n\nd'],
  ])('is read without its marks: %j', (text, expected) => {
    expect(bodyOf(text)).toBe(expected);
  });

  it('keeps programs and tables as they are', () => {
    const text = '```sh\n# not a heading\nrm *_x_*\n```\n\n| A | B |\n| --- | --- |\n| **1** | 2 |';
    expect(bodyOf(text)).toBe('```sh\n# not a heading\nrm *_x_*\n```\n\n| A | B |\n| --- | --- |\n| 1 | 2 |');
  });

  it('with nothing in it is refused', () => {
    expect(() => fromMarkdown(' \n***\n')).toThrow(new SourceError('source.empty'));
  });
});

describe('plain text', () => {
  it('keeps its lines and signs', () => {
    expect(fromPlainText('12 High Street\nLondon\n\n*not* slanted', { title: 'Us' })).toMatchObject({
      title: 'Us',
      document: { sections: [{ titlePath: [], text: '12 High Street\nLondon\n\n*not* slanted' }] },
    });
  });

  it('with headings was meant as Markdown', () => {
    expect(fromPlainText('# Help\n**now**').document?.sections).toEqual([{ titlePath: ['Help'], text: 'now' }]);
  });
});
