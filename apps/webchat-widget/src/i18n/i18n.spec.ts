import { describe, expect, it } from '@jest/globals';
import { openLabel } from '../loader/labels.js';
import { catalogue } from './catalogue.js';
import { en } from './en.js';
import { filled, pickLanguage } from './pick.js';

const LANGUAGES = Object.keys(catalogue);

describe('the catalogue', () => {
  it.each(LANGUAGES)('has every text in %s, with the same places to fill', (language) => {
    const texts = catalogue[language] as typeof en;
    expect(Object.keys(texts)).toEqual(Object.keys(en));
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(texts[key]).toMatch(/^[^|]*[^|\s][^|]*$/);
      expect(texts[key].match(/\{\w+\}/g)).toEqual(en[key].match(/\{\w+\}/g));
    }
  });

  it.each(LANGUAGES)('says in %s on the launcher what the loader said before it', (language) => {
    expect(openLabel(language)).toBe(catalogue[language]?.open);
  });
});

describe('the language', () => {
  const pick = (...wishes: (string | undefined)[]) => pickLanguage(wishes, LANGUAGES);

  it('is the first wish there are texts for', () => {
    expect(pick(undefined, 'xx', 'de-AT', 'fr')).toEqual({ locale: 'de-AT', texts: 'de', direction: 'ltr' });
  });

  it('is English when there are texts for none', () => {
    expect(pick('xx', '', '!!').texts).toBe('en');
  });

  it('is written from right to left where it is', () => {
    expect([pick('ar-EG'), pick('he'), pick('iw')].map(({ direction }) => direction)).toEqual(['rtl', 'rtl', 'rtl']);
  });

  it('is understood as pages write it', () => {
    expect(pick('pt_BR')).toMatchObject({ locale: 'pt-BR', texts: 'pt' });
  });
});

describe('a text', () => {
  it('is filled as it is, whatever a name contains', () => {
    expect(filled('{name} joined', { name: '$& {n} <b>' })).toBe('$& {n} <b> joined');
    expect(filled('{name} joined', {})).toBe('{name} joined');
  });
});
