import { describe, expect, it } from '@jest/globals';
import { DeclineReasonSchema, HandoverSettingsSchema, ourLines } from '@baton/contracts';
import type { DeclineReason, HandoverSettings, HandoverTexts } from '@baton/contracts';
import { humanWanted, ourLanguages, fold, wordsOf } from '@baton/language';
import { Wording } from './wording.js';

const NOW = Date.parse('2026-11-23T08:00:00Z');

/** Everything that is said, by name, in one language. */
function linesOf(language: keyof typeof ourLines): [string, string][] {
  const { texts, noAgent, noAgentFor, backToBot, useAddress, otherAddress } = ourLines[language];
  return [
    ...Object.entries(texts).flatMap(([name, text]): [string, string][] =>
      Array.isArray(text) ? text.map((line: string, nth) => [`${name} ${nth}`, line]) : [[name, String(text)]],
    ),
    ...Object.entries(noAgentFor).map(([reason, text]): [string, string] => [`noAgent for ${reason}`, text]),
    ['noAgent', noAgent],
    ['backToBot', backToBot],
    ['useAddress', useAddress],
    ['otherAddress', otherAddress],
  ];
}

it('our lines are there in each of our languages', () => {
  expect(Object.keys(ourLines).sort()).toEqual([...ourLanguages].sort());
});

const bracesOf = (text: string) => [...text.matchAll(/\{\w*\}?/g)].map(([brace]) => brace).sort();

describe.each(ourLanguages)('our lines in %s', (language) => {
  const lines = linesOf(language);
  const of = new Map(lines);

  it('are those of English, with the same in braces', () => {
    expect(lines.map(([name, text]) => [name, bracesOf(text)])).toEqual(linesOf('en').map(([name, text]) => [name, bracesOf(text)]));
  });

  it('are no longer and no shorter than settings allow', () => {
    expect(HandoverSettingsSchema.safeParse({ texts: ourLines[language].texts }).error).toBeUndefined();
    expect(lines.filter(([, text]) => text !== text.trim() || text === '')).toEqual([]);
  });

  it('fit where they are taps', () => {
    const taps = ['contactByEmail', 'continueWithBot', 'stillNeedHelp', 'backToBot', 'useAddress', 'otherAddress'].map((name) =>
      of.get(name)!,
    );
    expect(taps.filter((tap) => tap.length > 20)).toEqual([]);
    expect(new Set(taps).size).toBe(taps.length);
  });

  it('do not repeat themselves while somebody waits', () => {
    const { keepAlive, stillWaiting, takesLonger } = ourLines[language].texts;
    expect(keepAlive.length).toBeGreaterThanOrEqual(3);
    expect(new Set([...keepAlive, stillWaiting, takesLonger]).size).toBe(keepAlive.length + 2);
  });

  it('know words that leave the wait, as they are compared', () => {
    const { leaveWords, backToBot } = ourLines[language];
    expect(leaveWords.filter((word) => wordsOf(word).map(fold).join(' ') !== word)).toEqual([]);
    expect(new Set(leaveWords).size).toBe(leaveWords.length);
    expect(leaveWords).toContain('stop');
    expect(leaveWords.filter((word) => word === fold(backToBot))).toHaveLength(1);
  });

  it('say which word asks for a human, and that word does', () => {
    const word = /["“„«”]\s?([^"“„«»”]+?)\s?["“»”]/.exec(ourLines[language].texts.promiseBroken)?.[1];
    expect(humanWanted(word ?? '')).toBe(true);
  });

  it('are not those of another language', () => {
    if (language === 'en') return;
    const english = new Map(linesOf('en'));
    expect(lines.filter(([name, text]) => english.get(name) === text)).toEqual([]);
  });
});

const settings = (handover: object) => HandoverSettingsSchema.parse(handover);
const speaking = (handover: HandoverSettings, locale: string | null, botLocale?: string) =>
  new Wording({ handover, locale: botLocale }, locale, NOW);

describe('whose line in which language', () => {
  const handover = settings({
    texts: { joined: 'Now {agent} is here' },
    languages: {
      de: { texts: { joined: '{agent} ist da', resolved: 'Zurück' } },
      'de-AT': { texts: { joined: '{agent} is da' } },
      ja: { texts: { joined: '{agent}が参加しました' } },
      fr: {},
    },
  });
  const { texts } = ourLines.en;

  it.each<[string, string | null, string | undefined, keyof Omit<HandoverTexts, 'keepAlive'>, string]>([
    ["the country's line", 'de-AT', 'en', 'joined', 'Mia is da'],
    ["the country's line, however the channel writes it", 'de_at', 'en', 'joined', 'Mia is da'],
    ["the language's line, where the country has none", 'de-AT', 'en', 'resolved', 'Zurück'],
    ["the language's line, where the country is another", 'de-CH', 'en', 'joined', 'Mia ist da'],
    ['ours of his language, where the owner wrote none in it', 'fr-FR', 'en', 'joined', 'Mia a rejoint la conversation.'],
    ['ours of his language, beside the lines the owner wrote in it', 'de', 'en', 'waiting', ourLines.de.texts.waiting],
    ["the owner's, for a visitor of the bot's language", 'en-US', 'en', 'joined', 'Now Mia is here'],
    ["ours of the bot's language, where the owner wrote none", 'en-US', 'en', 'resolved', texts.resolved],
    ["the owner's, for a visitor whose language nobody knows", null, 'en', 'joined', 'Now Mia is here'],
    ["ours of the bot's language, for such a visitor", null, 'it', 'resolved', ourLines.it.texts.resolved],
    ["the owner's, for a language that we do not speak", 'fi', 'en', 'joined', 'Now Mia is here'],
    ["ours of the bot's language, for such a one", 'fi', 'tr', 'resolved', ourLines.tr.texts.resolved],
    ["the owner's translation, though we do not speak it", 'ja', 'en', 'joined', 'Miaが参加しました'],
    ["the owner's, in a bot of another language", 'fr', 'fr-CA', 'joined', 'Now Mia is here'],
    ['English, where nobody speaks anything else', 'fi', 'ja', 'resolved', texts.resolved],
    ['English, for what is no language at all', '??--', undefined, 'resolved', texts.resolved],
  ])('is %s', (_what, locale, botLocale, name, expected) => {
    expect(speaking(handover, locale, botLocale).say(name, { agent: 'Mia' })).toBe(expected);
  });

  it('is the same for what is said while somebody waits', () => {
    const own = settings({ texts: { keepAlive: ['a', 'b'] }, languages: { de: { texts: { keepAlive: ['c'] } } } });
    expect(['en', 'de', 'fr', 'fi'].map((locale) => speaking(own, locale).keepAlive)).toEqual([
      ['a', 'b'],
      ['c'],
      ourLines.fr.texts.keepAlive,
      ['a', 'b'],
    ]);
  });

  it('is never one with braces that nobody can fill, where another has none', () => {
    const own = settings({ texts: { resolved: 'Bye {time}', joined: '{agent} of {email}' } });
    expect(speaking(own, 'en').say('resolved')).toBe(texts.resolved);
    expect(speaking(own, 'en').say('joined', { agent: '$& {email}' })).toBe('$& {email} joined the conversation.');
  });
});

describe('what is said when nobody is there', () => {
  const taps = [{ title: 'E-mail me', payload: 'mail', content_type: 'text' as const }];
  const said = (handover: HandoverSettings, locale: string | null, reason: DeclineReason | null, time?: number) =>
    speaking(handover, locale, 'en').noAgent(reason, { time });

  it('has a line for each reason in each language', () => {
    for (const language of ourLanguages) {
      for (const reason of DeclineReasonSchema.options) expect(said(settings({}), language, reason, NOW).text).not.toMatch(/[{}]/);
    }
  });

  it("is the owner's line of the reason, then his general one, then ours", () => {
    const own = settings({ noAgentMessage: 'nobody', noAgentMessages: { closed: 'back {time}' } });
    expect(said(own, 'en', 'closed', NOW)).toEqual({ text: 'back today at 08:00 (UTC)' });
    expect(said(own, 'en', 'closed')).toEqual({ text: 'nobody' });
    expect(said(own, 'en', 'quota')).toEqual({ text: 'nobody' });
    expect(said(own, 'en', null)).toEqual({ text: 'nobody' });
    expect(said(settings({}), 'en', null)).toEqual({ text: ourLines.en.noAgent });
    expect(said(settings({}), 'en', 'closed')).toEqual({ text: ourLines.en.noAgent });
  });

  it("is ours for a visitor of another language, unless the owner's brings taps that his bot waits for", () => {
    const plain = settings({ noAgentMessage: 'nobody' });
    const rich = settings({ noAgentMessage: { text: 'nobody', quick_replies: taps } });
    const mixed = settings({ noAgentMessage: { text: 'nobody', quick_replies: taps }, noAgentMessages: { quota: 'full' } });
    const translated = settings({
      noAgentMessage: { text: 'nobody', quick_replies: taps },
      languages: { es: { noAgentMessage: 'nadie' } },
    });
    expect(said(plain, 'es', 'quota')).toEqual({ text: ourLines.es.noAgentFor.quota });
    expect(said(rich, 'es', 'quota')).toMatchObject({ text: 'nobody', quick_replies: taps });
    expect(said(mixed, 'es', 'quota')).toEqual({ text: ourLines.es.noAgentFor.quota });
    expect(said(translated, 'es', 'quota')).toEqual({ text: 'nadie' });
  });
});
