import { describe, expect, it } from '@jest/globals';
import { HandoverSettingsSchema, ourLines } from '@baton/contracts';
import type { DeclineReason } from '@baton/contracts';
import { saidWhenNobody, textSaid, whoseLine } from './said.js';

/** A Monday, 09:00 in Berlin. */
const NOW = Date.parse('2026-11-23T08:00:00Z');
const bot = (handover: object, o: { locale?: string; isConnectedToCrisp?: boolean } = {}) => ({
  handover: HandoverSettingsSchema.parse(handover),
  locale: 'en',
  isConnectedToCrisp: false,
  ...o,
});
const hours = {
  timeZone: 'Europe/Berlin',
  weekly: { monday: [{ from: '08:00', to: '17:00' }], tuesday: [{ from: '09:00', to: '17:00' }] },
};
const reply = { title: 'Leave a message', payload: 'leave' };

const own = {
  noAgentMessage: 'nobody',
  noAgentMessages: { closed: 'back {time}' },
  languages: {
    de: { noAgentMessage: 'niemand', noAgentMessages: { quota: 'voll' } },
    'de-AT': { noAgentMessages: { quota: 'full, oida' } },
  },
  hours,
};

describe('what a visitor reads when nobody is there', () => {
  it.each<[string, object, string, DeclineReason | null, string, string]>([
    ['the line of the reason', own, 'en', 'closed', 'back tomorrow at 09:00', 'your line in English'],
    ['the general line, where there is none of the reason', own, 'en', 'quota', 'nobody', 'your general line in English'],
    ['the general line itself', own, 'en', null, 'nobody', 'your general line in English'],
    ['the language’s line of the reason', own, 'de', 'quota', 'voll', 'your line in German'],
    ['the language’s general line', own, 'de', 'closed', 'niemand', 'your general line in German'],
    ['the country’s line before the language’s', own, 'de-AT', 'quota', 'full, oida', 'your line in Austrian German'],
    ['the language’s line, where the country has none', own, 'de-AT', 'closed', 'niemand', 'your general line in German'],
    ['our line of another language', own, 'fr', 'quota', ourLines.fr.noAgentFor.quota!, 'Baton’s line in French'],
    ['the owner’s line, where we do not speak the language', own, 'fi', 'quota', 'nobody', 'your general line in English'],
    ['our line, where nothing is written', {}, 'en', 'nobody-online', ourLines.en.noAgent, 'Baton’s general line in English'],
    [
      'the owner’s taps in every language',
      { noAgentMessage: { text: 'nobody', quick_replies: [reply] } },
      'fr',
      'quota',
      'nobody',
      'your general line in English',
    ],
  ])('is %s', (_what, handover, language, reason, text, whose) => {
    const said = saidWhenNobody(bot(handover), language, reason, NOW);
    expect([said.message.text, whoseLine(said.line.speaker, said.line.isGeneral), said.passedOver]).toEqual([text, whose, []]);
  });

  it('passes over a line whose time nobody knows', () => {
    const never = { ...own, hours: { timeZone: 'Europe/Berlin', weekly: {} } };
    for (const handover of [never, { ...own, noAgentMessages: { quota: 'back {time}' } }]) {
      const said = saidWhenNobody(bot(handover), 'en', handover === never ? 'closed' : 'quota', NOW);
      expect([said.message.text, said.passedOver.map(({ text }) => text)]).toEqual(['nobody', ['back {time}']]);
    }
  });

  it('of a team that never closes is shown with an example of a time', () => {
    expect(saidWhenNobody(bot({ ...own, hours: undefined }), 'en', 'closed', NOW).message.text).toBe('back tomorrow at 09:00');
  });

  it('leads on by e-mail where the bot is connected, as far as there is room', () => {
    const connected = { isConnectedToCrisp: true };
    const titles = ({ message }: ReturnType<typeof saidWhenNobody>) => message.quick_replies?.map(({ title }) => title);
    expect(titles(saidWhenNobody(bot(own, connected), 'en', 'quota', NOW))).toEqual(['Answer me by e-mail', 'Continue here']);
    expect(titles(saidWhenNobody(bot(own), 'en', 'quota', NOW))).toBeUndefined();
    expect(titles(saidWhenNobody(bot({ ...own, followUp: { enabled: false } }, connected), 'en', 'quota', NOW))).toBeUndefined();
    const many = {
      noAgentMessage: { text: 'a', quick_replies: Array.from({ length: 12 }, (_, nth) => ({ title: `${nth}`, payload: `${nth}` })) },
    };
    expect(saidWhenNobody(bot(many, connected), 'en', null, NOW).leftOut).toEqual(['Continue here']);
  });
});

describe('any other line', () => {
  it('is the owner’s in his language, and ours where he wrote none', () => {
    const speaking = bot({ texts: { joined: '{agent} is here' }, languages: { fr: { texts: { joined: '{agent} est là' } } } });
    const said = (language: string) => {
      const { text, speaker } = textSaid(speaking, language, 'joined');
      return [text, whoseLine(speaker)];
    };
    expect(said('en')).toEqual(['{agent} is here', 'your line in English']);
    expect(said('fr')).toEqual(['{agent} est là', 'your line in French']);
    expect(said('it')).toEqual([ourLines.it.texts.joined, 'Baton’s line in Italian']);
  });
});
