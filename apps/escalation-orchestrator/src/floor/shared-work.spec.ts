import { describe, expect, it } from '@jest/globals';
import { HandoverSettingsSchema } from '@baton/contracts';
import type { Action } from './actions.js';
import { aFact, aPolicy, Story } from './conversation.builder.js';

const CARD = 'Charge 4111 1111 1111 1111';
const through = (sharing: object) => {
  const story = new Story(aPolicy({ handover: HandoverSettingsSchema.parse({ sharing }) }));
  story.happens(aFact('visitor-wrote', { body: { type: 'text', text: 'Hello' } }));
  story.askedForHelp({ note: CARD, userData: { name: 'Ada', password: 'x', order: { id: 7 } } }).accepted();
  story.happens(aFact('visitor-wrote', { body: { type: 'text', text: CARD } }));
  const file = { type: 'file', name: 'a.png', url: 'http://x.test/4111111111111111', contentType: 'image/png', bytes: 1 } as const;
  return story.happens(aFact('visitor-wrote', { body: file as never }));
};
const work = (story: Story, kind: string) =>
  story.all.flatMap((action: Action) =>
    action.do === 'desk' && action.work.kind === kind ? [action.work as { text?: string; userData?: object }] : [],
  );

describe('what goes to Crisp', () => {
  it.each<[string, object, object, string]>([
    ['is everything but secrets, where nothing is set', {}, { name: 'Ada', order: { id: 7 } }, CARD],
    ['is what is named', { fields: ['name'] }, { name: 'Ada' }, CARD],
    ['has no card numbers where they are masked', { mask: { cards: true } }, { name: 'Ada', order: { id: 7 } }, 'Charge ••••1111'],
  ])('%s', (_, sharing, userData, said) => {
    const story = through(sharing);
    expect(work(story, 'set-contact').map((one) => one.userData)).toEqual([userData]);
    expect(work(story, 'post-note').map(({ text }) => text)).toEqual([said]);
    expect(work(story, 'post-visitor-words').map(({ text }) => text)).toEqual([said, 'a.png http://x.test/4111111111111111']);
  });

  it('is all the bot knows for the bot: only what leaves is cut', () => {
    expect(through({ fields: [] }).conversation.userData).toMatchObject({ password: 'x' });
  });
});
