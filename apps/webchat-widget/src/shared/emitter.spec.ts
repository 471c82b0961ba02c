import { describe, expect, it } from '@jest/globals';
import { createEmitter } from './emitter.js';

describe('the events of the page', () => {
  it('reach everybody although one listener fails', () => {
    const errors: unknown[] = [];
    const heard: unknown[] = [];
    const emitter = createEmitter((error) => void errors.push(error));
    emitter.on('open', () => {
      throw new Error('host');
    });
    emitter.on('open', (detail) => void heard.push(detail));
    emitter.emit('open', 1);
    expect(heard).toEqual([1]);
    expect(errors).toHaveLength(1);
  });

  it('stop reaching who does not want them any more: one listener, or all of an event', () => {
    const heard: string[] = [];
    const emitter = createEmitter(() => {});
    const [first, second] = ['first', 'second'].map((name) => () => void heard.push(name)) as [() => void, () => void];
    emitter.on('open', first);
    emitter.on('open', second);
    emitter.off('open', first);
    emitter.emit('open');
    emitter.off('open');
    emitter.emit('open');
    expect(heard).toEqual(['second']);
  });
});
