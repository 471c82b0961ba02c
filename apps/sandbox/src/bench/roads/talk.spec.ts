import { describe, expect, it } from '@jest/globals';
import { nowUs } from '../hook.js';
import { markedText, markOf } from './mark.js';
import { Talk } from './talk.js';

describe('the text of a message of the load', () => {
  it('carries its mark, and is as long as people write', () => {
    const mark = { conversation: 4_999, number: 60, dueUs: 61_200_000_123 };
    expect(markOf(markedText(mark))).toEqual(mark);
    expect(markedText(mark)).toHaveLength(120);
  });

  it.each(['', 'hello', 'n=1 t=2', 'you wrote: c=1 n=1 t=1'])('of anybody else has none: %p', (text) => {
    expect(markOf(text)).toBeUndefined();
  });
});

describe('the books of a run', () => {
  it('keep the two directions apart, each with numbers of its own', () => {
    const talk = new Talk(3);
    const word = talk.mark('in', 2, nowUs());
    expect(talk.hear('in', word)).toBe(true);
    const answer = talk.mark('back', 2, nowUs());
    expect([word.number, answer.number, talk.sent, talk.arrived, talk.open]).toEqual([1, 1, 2, 1, 1]);
    expect(talk.hear('back', answer)).toBe(true);
    expect(talk.hear('back', answer)).toBe(false);
    expect([talk.open, talk.back.doubled, talk.in.doubled]).toEqual([0, 1, 0]);
  });

  it('do not wait for what a door refused', () => {
    const talk = new Talk(1);
    talk.refuse('in', talk.mark('in', 0, nowUs()));
    expect([talk.open, talk.refused, talk.sent]).toEqual([0, 1, 0]);
  });

  it('tell times since the last look, and of the whole run', () => {
    const talk = new Talk(1);
    talk.hear('in', talk.mark('in', 0, nowUs() - 50_000));
    expect(talk.look().in.at(0.5)).toBeGreaterThan(45);
    expect(talk.look().in.count).toBe(0);
    expect(talk.latency.in.count).toBe(1);
  });
});
