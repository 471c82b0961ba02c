import { expect, it } from '@jest/globals';
import { CollectedReply } from './reply.js';

it('asks the visitor for his address beside what is said, with the category of the answer', () => {
  const reply = new CollectedReply();
  reply.text('That takes a day.').contactByEmail({ category: 'billing', userData: { name: 'Ada' } });
  expect(reply.collected()).toEqual({
    messages: [{ text: 'That takes a day.' }],
    contact_by_email: true,
    handover_category_name: 'billing',
    user_data: { name: 'Ada' },
  });
});
