import { describe, expect, it } from '@jest/globals';
import { whereHeIs } from './where-he-is.js';

const anna = { email: 'anna@example.com' };

describe("an agent's word reaches the visitor aloud", () => {
  it.each([
    ['in the chat that he has open', 'webchat', true, anna, 'channel'],
    ['in the chat, though nobody knows an address of his', 'webchat', false, {}, 'channel'],
    ['in the chat, where what is known is no address', 'webchat', false, { email: 'none' }, 'channel'],
    ['by e-mail when he has left', 'webchat', false, anna, 'mail'],
    ['in Messenger, wherever he is', 'messenger', false, anna, 'channel'],
  ] as const)('%s', (_where, channel, present, userData, way) => {
    expect(whereHeIs({ channel, present, userData })).toBe(way);
  });
});
