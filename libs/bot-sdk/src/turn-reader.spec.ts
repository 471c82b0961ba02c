import { describe, expect, it } from '@jest/globals';
import { ConversationLanes } from './conversation-lanes.js';
import { createKafkaClient } from './kafka.js';
import { TurnReader } from './turn-reader.js';

/** Nobody listens there. */
const NOWHERE = '127.0.0.1:1';

describe('a reader of turns', () => {
  it('stops while Kafka is away and it has not read anything yet', async () => {
    const reader = new TurnReader({
      kafka: createKafkaClient([NOWHERE], 'reader'),
      topic: 'turns',
      groupId: 'reader',
      lanes: new ConversationLanes(1),
      handle: () => Promise.resolve(),
      onError: () => undefined,
    });
    const started = reader.start().catch((error: Error) => error);
    await expect(reader.stop()).resolves.toBeUndefined();
    expect(await started).toBeInstanceOf(Error);
  });
});
