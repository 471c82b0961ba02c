import { describe, expect, it } from '@jest/globals';
import { CollectedReply } from './reply.js';

describe('a reply', () => {
  it('may be none: the bot had no answer', () => {
    const reply = new CollectedReply();
    reply.text('Sorry, I do not know.').fallback();
    expect(reply.collected()).toEqual({ messages: [{ text: 'Sorry, I do not know.' }], fallback: true });
  });

  it('asks for an e-mail address with what it is about, and keeps the floor', () => {
    const reply = new CollectedReply();
    reply.contactByEmail({ category: 'billing', userData: { order: 1 } });
    expect(reply.collected()).toEqual({ messages: [], contact_by_email: true, handover_category_name: 'billing', user_data: { order: 1 } });
  });

  it('is not sent where nothing was said', () => {
    expect(new CollectedReply().collected()).toBeUndefined();
  });
});
