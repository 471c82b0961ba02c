import { describe, expect, it } from '@jest/globals';
import { durationOf } from './duration.js';
import { noteCommandOf } from './note-command.js';

const MINUTE = 60_000;
const back = (block: string | null = null) => ({ do: 'give-back', block });
const hold = (minutes: number) => ({ do: 'hold', forMs: minutes * MINUTE });
const unknown = (said: string) => ({ do: 'help', unknown: said });

describe('a private note', () => {
  it.each([
    ['!bot', back()],
    ['  !BOT. ', back()],
    ['!bot order-status', back('order-status')],
    ['!bot Order/Status:2', back('Order/Status:2')],
    ['!bot "Order status"', back('Order status')],
    ['!bot “Order status”', back('Order status')],
    ['!bot\nhe only wanted the number', back()],
    ['!hold', hold(20)],
    ['!hold 20m', hold(20)],
    ['!Hold 1H', hold(60)],
    ['!hold 90s', hold(1.5)],
    ['!hold 45', hold(45)],
    ['!hold 8h', hold(480)],
    ['!hold  1h   30m', hold(90)],
    ['!hold off', hold(0)],
    ['!why', { do: 'why' }],
    ['!why?', { do: 'why' }],
    ['!ai why', { do: 'why' }],
    ['!ai on', { do: 'assistant', on: true }],
    ['  !AI   On ', { do: 'assistant', on: true }],
    ['!ai off.', { do: 'assistant', on: false }],
    ['!ai on\nthanks', { do: 'assistant', on: true }],
    ['!help', { do: 'help', unknown: null }],
    ['!help!', { do: 'help', unknown: null }],
    ['!ai', { do: 'help', unknown: null }],
    ['!ai help', { do: 'help', unknown: null }],
  ])('%j is a command', (note, command) => {
    expect(noteCommandOf(note)).toEqual(command);
  });

  it.each([
    ['!hold 9h', unknown('!hold 9h')],
    ['!hold 30s', unknown('!hold 30s')],
    ['!hold 0', unknown('!hold 0')],
    ['!hold on, I am asking', unknown('!hold on, I am asking')],
    ['!bot did not get him at all', unknown('!bot did not get him at all')],
    ['!ai frobnicate', unknown('!ai frobnicate')],
    ['!ai on please', unknown('!ai on please')],
    ['!hodl 20m', unknown('!hodl 20m')],
    ['!bto', unknown('!bto')],
    ['!hlep', unknown('!hlep')],
    ['!wy', unknown('!wy')],
    [`!bot ${'long '.repeat(20)}`, unknown('!bot long long long long long long long…')],
  ])('%j means one and is none: it is explained', (note, command) => {
    expect(noteCommandOf(note)).toEqual(command);
  });

  it.each([
    '',
    '!',
    '!!! urgent',
    '!!bot',
    '!important call him',
    '!urgent',
    '!why is he angry',
    '!help him, please',
    '!hot lead',
    '!not a bot',
    '!aion',
    '!airport',
    '!whyever',
    '! ai on',
    'ai on',
    'the visitor wrote !ai on',
    'thanks\n!bot',
    '!constructor',
  ])('%j is a word between people', (note) => {
    expect(noteCommandOf(note)).toBeUndefined();
  });
});

describe('a length of time', () => {
  it.each([
    ['20m', 20 * MINUTE],
    ['2 hours', 120 * MINUTE],
    ['1h30m', 90 * MINUTE],
    ['1,5h', 90 * MINUTE],
    ['90 sec', 1.5 * MINUTE],
    ['15', 15 * MINUTE],
    ['0', undefined],
    ['', undefined],
    ['soon', undefined],
    ['20 moons', undefined],
    ['-5', undefined],
    ['5m later', undefined],
    ['99999h', undefined],
  ])('%j is %s ms', (text, ms) => {
    expect(durationOf(text)).toBe(ms);
  });
});
