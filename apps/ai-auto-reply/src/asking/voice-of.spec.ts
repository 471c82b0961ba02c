import type { TalkLine } from '@baton/answering';
import { BotSettingsSchema } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { voiceOf } from './voice-of.js';

const aBot = (assistant: object = {}) =>
  BotSettingsSchema.parse({ botId: 'demo', workspaceId: 'acme', name: 'Robin', locale: 'fr', assistant });
const line = (from: TalkLine['from'], text: string): TalkLine => ({ from, text, at: new Date(0) });
const german = line('visitor', 'Wie lange dauert der Versand nach Hamburg?');

describe('the house', () => {
  it.each<[string, TalkLine[], string | null | undefined, string]>([
    ['the language of his words', [german], 'en-GB', 'de'],
    ['that of his channel where his words tell none', [line('visitor', 'ok')], 'en-GB', 'en'],
    ['the team’s where nothing is known of him', [line('visitor', 'ok')], null, 'fr'],
    ['not the language of others', [line('agent', german.text), line('visitor', 'ok')], undefined, 'fr'],
  ])('speaks to a visitor in %s', (_, talk, locale, language) => {
    expect(voiceOf(aBot(), talk, locale).language).toBe(language);
  });

  it('calls itself as its bot is shown', () => {
    expect([voiceOf(aBot(), []).botName, voiceOf(aBot({ persona: { name: 'Nina' } }), []).botName]).toEqual(['Robin', 'Nina']);
  });
});
