import { describe, expect, it } from '@jest/globals';
import { Story, aFact, storyOn } from './conversation.builder.js';

const known = (locale: string | null = null) => aFact('visitor-known', { name: 'Ada Park', locale });
const botKnows = (name: string) => aFact('bot-answered', { userData: { name } });
const contacts = (story: Story) =>
  story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'set-contact' ? [action.work] : []));

describe('what his channel tells of the visitor', () => {
  it.each<[what: string, before: () => Story, name: string, locale: string | null]>([
    ['fills what nobody knew', () => new Story(), 'Ada Park', 'de'],
    ['fills a name that the bot left empty', () => new Story().happens(botKnows(' ')), 'Ada Park', 'de'],
    ['leaves the name that the bot gave', () => new Story().happens(botKnows('Ada K.')), 'Ada K.', 'de'],
    ['leaves the language of his page', () => new Story().happens(aFact('visitor-wrote', { locale: 'en' })), 'Ada Park', 'en'],
    ['is filled once', () => new Story().happens(aFact('visitor-known', { name: 'Ada', locale: 'fr' })), 'Ada', 'fr'],
  ])('%s', (_what, before, name, locale) => {
    expect(before().happens(known('de')).conversation).toMatchObject({ userData: { name }, locale });
  });

  it('gives way to a name that the bot learns later', () => {
    expect(new Story().happens(known()).happens(botKnows('Ada K.')).conversation.userData).toEqual({ name: 'Ada K.' });
  });

  it('leaves what else is known of him', () => {
    const story = new Story().happens(aFact('bot-answered', { userData: { email: 'ada@example.test' } })).happens(known());
    expect(story.conversation).toMatchObject({ userData: { name: 'Ada Park', email: 'ada@example.test' }, locale: null });
  });

  it.each<[on: string, story: () => Story, asked: string[]]>([
    ['the bot has the floor', storyOn.bot, []],
    ['agents are asked for', storyOn.escalating, []],
    ['the conversation is being opened', () => storyOn.escalating().agentsAreThere(), ['desk:set-contact']],
    ['an agent is awaited', storyOn.waiting, ['desk:set-contact']],
    ['an agent has the floor', storyOn.agent, ['desk:set-contact']],
  ])('while %s, moves no floor and reaches the agents who have his conversation', (_on, build, asked) => {
    const story = build();
    const { floor, epoch } = story.conversation;
    expect(story.happens(known('de')).asked).toEqual(asked);
    expect(story.conversation).toMatchObject({ floor, epoch });
    for (const contact of contacts(story)) expect(contact).toMatchObject({ userData: { name: 'Ada Park' }, locale: 'de', deadline: null });
    expect(story.happens(known('de')).asked).toEqual([]);
    expect(story.shown).toEqual([]);
  });

  it('comes with the conversation when it was told before', () => {
    const story = storyOn.escalating().happens(known()).agentsAreThere();
    expect(contacts(story)).toMatchObject([{ userData: { name: 'Ada Park' } }]);
  });
});
