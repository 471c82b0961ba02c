import { describe, expect, it } from '@jest/globals';
import { fromCsv } from './csv.js';

describe('a table file', () => {
  it.each([
    ['question,answer\nDo you ship?,"Yes, we do"'],
    ['Frage;Antwort\nDo you ship?;Yes, we do'],
    ['ID\tPregunta\tRespuesta\n1\tDo you ship?\tYes, we do'],
    ['"Réponse","Question"\r\n"Yes, we do","Do you ship?"\r\n'],
    ['質問,回答\nDo you ship?,"Yes, we do"'],
    ['Do you ship?,"Yes, we do"\nWhere to?,All over'],
  ])('gives pairs where its columns ask and answer: %j', (source) => {
    expect(fromCsv(source).pairs?.[0]).toEqual({ question: 'Do you ship?', answer: 'Yes, we do' });
  });

  it('tells where a pair belongs and where it is to be read', () => {
    expect(
      fromCsv('Category,Question,Answer,URL\nShipping,Norway?,Yes,https://shop.example/no\n,Mars?,,\n,Moon?,No,javascript:x').pairs,
    ).toEqual([
      { question: 'Norway?', answer: 'Yes', url: 'https://shop.example/no', titlePath: ['Shipping'] },
      { question: 'Moon?', answer: 'No' },
    ]);
  });

  it('of short rows is a table', () => {
    expect(fromCsv('Zone,Price\nEU,5 €\n,\nUK,7 €', { title: 'Prices' }).document).toEqual({
      title: 'Prices',
      sections: [{ titlePath: [], text: '| Zone | Price |\n| --- | --- |\n| EU | 5 € |\n| UK | 7 € |' }],
    });
  });

  it('of long rows is read row by row', () => {
    const long = 'many words '.repeat(30).trim();
    expect(fromCsv(`Name,About\nChair,${long}\nTable,${long}`).document?.sections[0]?.text).toBe(
      `Name: Chair\nAbout: ${long}\n\nName: Table\nAbout: ${long}`,
    );
  });

  it('with nothing in it is refused', () => {
    expect(() => fromCsv('question,answer\n')).toThrow('source.empty');
    expect(() => fromCsv(',,\n')).toThrow('source.empty');
  });
});
