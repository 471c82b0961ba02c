import { describe, expect, it } from '@jest/globals';
import { ConversationLanes } from './conversation-lanes.js';

describe('the lanes of a bot', () => {
  it('keep the order of a conversation and do not wait for another one', async () => {
    const lanes = new ConversationLanes(10);
    const done: string[] = [];
    let finishSlow = (): void => undefined;
    lanes.run('a', () => new Promise<void>((resolve) => (finishSlow = resolve)).then(() => void done.push('a1')));
    lanes.run('a', async () => void done.push('a2'));
    lanes.run('b', async () => void done.push('b1'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(['b1']);
    finishSlow();
    await lanes.empty();
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('have room again when something is done', async () => {
    const lanes = new ConversationLanes(1);
    let finish = (): void => undefined;
    lanes.run('a', () => new Promise<void>((resolve) => (finish = resolve)));
    let roomy = false;
    const room = lanes.room().then(() => (roomy = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(roomy).toBe(false);
    finish();
    await room;
    expect(roomy).toBe(true);
  });
});
