import { describe, expect, it } from '@jest/globals';
import { commandOf } from './command.js';

describe('a private note', () => {
  it.each([
    ['!ai on', 'on'],
    ['  !AI   On ', 'on'],
    ['!ai off.', 'off'],
    ['!ai on\nthanks', 'on'],
    ['!why', 'why'],
    ['!why?', 'why'],
    ['!ai why', 'why'],
    ['!ai', 'help'],
    ['!ai help', 'help'],
    ['!ai on please', 'help'],
    ['!ai frobnicate', 'help'],
    ['!help', 'help'],
    ['!bot', 'help'],
    ['!hold 20m', 'help'],
  ])('%j is the command %s', (note, command) => {
    expect(commandOf(note)).toBe(command);
  });

  it.each(['', 'the visitor wrote !ai on', '!aion', '!whyever', '! ai on', 'ai on', 'thanks\n!ai on', '!airport'])('%j is none', (note) => {
    expect(commandOf(note)).toBeUndefined();
  });
});
