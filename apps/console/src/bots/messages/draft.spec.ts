import { describe, expect, it } from '@jest/globals';
import { HandoverSettingsSchema } from '@baton/contracts';
import { firstMessageProblem, jsonOf, keepAliveProblem, payloadFrom, textProblem, tidied, whatIsWrong, withReply } from './draft.js';
import { languagesOf } from './languages.js';
import { lineAt, linesWritten, messageSettingsOf, withLanguage, withLineAt, withoutLanguage, withTextAt } from './slots.js';

const settings = (handover: object = {}) => messageSettingsOf(HandoverSettingsSchema.parse(handover));

describe('a line', () => {
  it('stands in its language and under its reason, and goes again', () => {
    const german = { language: 'de', reason: 'quota' } as const;
    const written = withLineAt(withLineAt(settings(), { language: null, reason: null }, 'nobody'), german, 'voll');
    expect([lineAt(written, german), lineAt(written, { language: null, reason: null })]).toEqual(['voll', 'nobody']);
    expect([lineAt(written, { ...german, reason: 'closed' }), lineAt(written, { language: 'fr', reason: null })]).toEqual([
      undefined,
      undefined,
    ]);
    expect(lineAt(withLineAt(written, german, undefined), german)).toBeUndefined();
    expect(HandoverSettingsSchema.safeParse(written).error).toBeUndefined();
  });

  it('in JSON is short, and grows by a reply', () => {
    expect(jsonOf('Hi')).toBe('{\n  "text": "Hi"\n}');
    expect(JSON.parse(jsonOf(withReply('Hi', { title: 'Go', payload: 'go' })))).toEqual({
      text: 'Hi',
      quick_replies: [{ title: 'Go', payload: 'go' }],
    });
  });

  it.each([
    ['Order status', 'order-status'],
    ['Où est ma commande ?', 'ou-est-ma-commande'],
    ['  ', ''],
  ])('“%s” gives the payload “%s”', (title, payload) => {
    expect(payloadFrom(title)).toBe(payload);
  });
});

it('lines that are said one after the other are saved without the empty ones', () => {
  const tidy = tidied(settings({ texts: { keepAlive: ['a'] }, languages: { de: { texts: { joined: 'x' } } } }));
  expect(tidied(withTextAt(tidy, 'de', 'keepAlive', ['b ', '', ' '])).languages['de']?.texts).toEqual({ joined: 'x', keepAlive: ['b'] });
  expect(tidy.texts).toEqual({ keepAlive: ['a'] });
});

describe('languages', () => {
  it('come and go with everything written in them', () => {
    const written = withTextAt(withLanguage(settings(), 'de'), 'de', 'joined', '{agent} ist da');
    expect([linesWritten(written, 'de'), linesWritten(written, null), linesWritten(written, 'fr')]).toEqual([1, 0, 0]);
    expect(withoutLanguage(written, 'de').languages).toEqual({});
    expect(withLanguage(written, 'de')).toEqual(written);
  });

  it('are the bot’s own, those written for, and ours', () => {
    const all = languagesOf(settings({ languages: { 'de-AT': {}, fr: {} } }), 'en-GB');
    expect(all.map(({ tag, is }) => `${is} ${tag}`)).toEqual([
      'own en-GB',
      'written de-AT',
      'written fr',
      'ours nl',
      'ours de',
      'ours it',
      'ours pl',
      'ours pt',
      'ours es',
      'ours sv',
      'ours tr',
    ]);
  });
});

describe('what keeps a draft from being saved', () => {
  const wrong = (handover: object, broken = {}) => whatIsWrong({ settings: { ...settings(), ...handover }, broken });

  it.each<[string, string | undefined, string | undefined]>([
    ['nothing', wrong({}), undefined],
    ['JSON that is none yet', wrong({}, { 'de closed': '{' }), '“Outside business hours” in German is no valid JSON yet.'],
    ['JSON of the general line', wrong({}, { ' ': '{' }), '“For every reason” is no valid JSON yet.'],
    [
      'no link',
      wrong({ firstMessage: 'Hi' }),
      'The first message in Crisp: It must contain {link}: there stands the link to the whole conversation.',
    ],
    ['a long line', wrong({ noAgentMessage: 'a'.repeat(2_001) }), 'A text is too long: At most 2,000 characters; these are 2001.'],
    [
      'a long tap of another language',
      wrong({ languages: { de: { noAgentMessages: {}, texts: { continueWithBot: 'a'.repeat(21) } } } }),
      'A text is too long (German): At most 20 characters; these are 21.',
    ],
  ])('%s', (_what, told, expected) => {
    expect(told).toBe(expected);
  });

  it.each([
    [textProblem('joined', 'a'.repeat(500)), undefined],
    [textProblem('joined', 'a'.repeat(501)), 'At most 500 characters; these are 501.'],
    [textProblem('stillNeedHelp', 'a'.repeat(21)), 'At most 20 characters; these are 21.'],
    [keepAliveProblem(Array.from({ length: 11 }, () => 'a')), 'At most 10 lines; these are 11.'],
    [keepAliveProblem(['a', 'b'.repeat(501)]), 'At most 500 characters; these are 501.'],
    [firstMessageProblem('Hi {link}'), undefined],
  ])('a text of its own: %s', (told, expected) => {
    expect(told).toBe(expected);
  });
});
