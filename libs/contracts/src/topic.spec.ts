import { describe, expect, it } from '@jest/globals';
import { groupOnTheWire, topicOnTheWire } from './topic.js';

describe('what stands in Kafka', () => {
  it('begins with the prefix of the house, topics and groups alike', () => {
    expect(topicOnTheWire('visitor-messages', 'shop')).toBe('shop.visitor-messages.v1');
    expect(groupOnTheWire('channel-dispatcher', 'shop')).toBe('shop.channel-dispatcher');
    expect(groupOnTheWire('bot.demo')).toBe('baton.bot.demo');
  });
});
