import { describe, expect, it } from '@jest/globals';
import { Story, aFact, storyOn } from './conversation.builder.js';
import { DESK_TEXT_LIMIT } from './policy.js';

describe('a long text of the visitor', () => {
  it('reaches Crisp whole, in parts it takes, each with a fingerprint of its own', () => {
    const text = 'All work and no play. '.repeat(180).trim();
    const parts = storyOn
      .agent()
      .happens(aFact('visitor-wrote', { body: { type: 'text', text } }))
      .actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-visitor-words' ? [action.work] : []));
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map((part) => part.text.length))).toBeLessThanOrEqual(DESK_TEXT_LIMIT);
    expect(
      parts
        .map((part) => part.text)
        .join('')
        .replaceAll(' ', ''),
    ).toBe(text.replaceAll(' ', ''));
    expect(new Set(parts.map((part) => part.fingerprint)).size).toBe(parts.length);
  });
});

describe('words that answer a message, or come by a link', () => {
  const replyTo = { messageId: '00000000-0000-4000-8000-00000000000a', excerpt: 'Which of the two?' };
  const says = (more: object) => aFact('visitor-wrote', { body: { type: 'text', text: 'The first' }, replyTo, ...more });
  const work = (story: Story, kind: string) =>
    story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === kind ? [action.work] : []));
  const file = { type: 'file' as const, name: 'parcel.jpg', url: 'https://files.example/1', contentType: 'image/jpeg' };
  const quote = '↪ “Which of the two?”';

  it.each<[what: string, story: () => Story, posted: object[]]>([
    ['are read by agents after what they answer', () => storyOn.agent().happens(says({})), [{ text: `${quote}\nThe first` }]],
    ['also when they were held', () => storyOn.escalating().happens(says({})).agentsAreThere(), [{ text: `${quote}\nThe first` }]],
    [
      'a file stands behind the quote',
      () => storyOn.agent().happens(says({ body: file })),
      [{ text: quote }, { file: { name: 'parcel.jpg' } }],
    ],
  ])('%s', (_what, story, posted) => expect(work(story(), 'post-visitor-words')).toMatchObject(posted));

  it('are given to the bot with both', () => {
    const turn = (more: object) => new Story().happens(says(more)).actions.find((action) => action.do === 'tell-bot');
    const reply_to = { message_id: replyTo.messageId, excerpt: replyTo.excerpt };
    expect(turn({ cameBy: 'spring' })).toMatchObject({
      event: { data: { messages: [{ text: 'The first', reply_to, came_by: 'spring' }] } },
    });
    const bare = turn({ replyTo: undefined });
    expect(JSON.stringify(bare)).not.toMatch(/reply_to|came_by/);
  });

  it('show the agents by what he came, now or when they are asked', () => {
    expect(work(storyOn.agent().happens(says({ cameBy: 'spring' })), 'set-contact')).toMatchObject([{ userData: { came_by: 'spring' } }]);
    const asked = storyOn
      .escalating()
      .happens(says({ cameBy: 'spring' }))
      .agentsAreThere();
    expect(work(asked, 'set-contact')).toMatchObject([{ userData: { came_by: 'spring' } }]);
  });
});

describe("a visitor's file", () => {
  const file = { name: 'parcel.jpg', url: 'https://files.example/1', contentType: 'image/jpeg' };
  const sends = () => aFact('visitor-wrote', { body: { type: 'file', ...file } });
  const posted = (story: Story) =>
    story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-visitor-words' ? [action.work] : []));
  const text = 'parcel.jpg https://files.example/1';

  it('reaches the agents as a file, also when it was held or refused first', () => {
    expect(posted(storyOn.agent().happens(sends()))).toMatchObject([{ file, text, part: 0 }]);
    expect(posted(storyOn.escalating().happens(sends()).agentsAreThere())).toMatchObject([{ file, text }]);
    const story = storyOn.agent();
    const { handoverId } = story;
    story.happens(aFact('word-refused', { handoverId })).askedForHelp().accepted();
    expect(posted(story.happens(aFact('word-refused', { handoverId, text, file })))).toMatchObject([{ file, text }]);
  });

  it('reaches the bot as a text that names it', () => {
    const [, turn] = new Story().happens(sends()).actions;
    expect(turn).toMatchObject({ event: { data: { messages: [{ text }] } } });
  });
});
