import { describe, expect, it } from '@jest/globals';
import { TextQueue } from './text-queue.js';

const vector = (text: string): Float32Array => Float32Array.from([text.length]);

/** Works off what waits, and tells in which order. */
function workOff(queue: TextQueue): string[] {
  const order: string[] = [];
  for (let text = queue.take(); text; text = queue.take()) {
    order.push(text.text);
    text.resolve(vector(text.text));
  }
  return order;
}

describe('texts that wait for the model', () => {
  it('are taken as they came, questions before passages', async () => {
    const queue = new TextQueue();
    const passages = queue.add(['p1', 'p2', 'p3'], 'passage');
    queue.take()!.resolve(vector('p1'));
    const questions = queue.add(['question'], 'question');

    expect(workOff(queue)).toEqual(['question', 'p2', 'p3']);
    expect(await questions).toEqual([vector('question')]);
    expect(await passages).toHaveLength(3);
  });

  it('are answered in the order in which they were given', async () => {
    const queue = new TextQueue();
    const both = queue.add(['a', 'bbb'], 'passage');
    const [first, second] = [queue.take()!, queue.take()!];
    second.resolve(vector('bbb'));
    first.resolve(vector('a'));
    expect(await both).toEqual([vector('a'), vector('bbb')]);
  });

  it('fail together when one fails, and the rest of them is skipped', async () => {
    const queue = new TextQueue();
    const failing = queue.add(['a', 'b', 'c'], 'passage');
    const other = queue.add(['other'], 'passage');
    queue.take()!.reject(new Error('broken'));

    expect(workOff(queue)).toEqual(['other']);
    await expect(failing).rejects.toThrow('broken');
    await expect(other).resolves.toHaveLength(1);
  });

  it('are skipped when nobody waits for them any more', async () => {
    const queue = new TextQueue();
    const giveUp = new AbortController();
    const given = queue.add(['a', 'b'], 'question', giveUp.signal);
    queue.take()!.resolve(vector('a'));
    giveUp.abort(new Error('too late'));

    expect(workOff(queue)).toEqual([]);
    await expect(given).rejects.toThrow('too late');
    await expect(queue.add(['c'], 'question', giveUp.signal)).rejects.toThrow('too late');
    expect(workOff(queue)).toEqual([]);
  });

  it('are told when the queue ends; none of no texts is done at once', async () => {
    const queue = new TextQueue();
    const waiting = queue.add(['a'], 'passage');
    queue.rejectAll(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    expect(await queue.add([], 'passage')).toEqual([]);
  });
});
