import { describe, expect, it } from '@jest/globals';
import { readArguments } from './arguments.js';

const standard = { file: 'baton.yaml', workspace: undefined, prune: false, yes: false, json: false };

describe('what is asked for', () => {
  it.each<[string, unknown]>([
    ['plan', { ...standard, command: 'plan' }],
    ['apply -f bots.yaml --yes --prune', { ...standard, command: 'apply', file: 'bots.yaml', yes: true, prune: true }],
    ['drift --json -w acme', { ...standard, command: 'drift', json: true, workspace: 'acme' }],
    ['export --workspace acme', { ...standard, command: 'export', file: '-', workspace: 'acme' }],
    ['plan --help', 'help'],
    ['help', 'help'],
    ['', { wrong: 'Say what to do: one of plan, apply, export, drift.' }],
    ['destroy', { wrong: 'Say what to do: one of plan, apply, export, drift.' }],
    ['plan now', { wrong: '"now" is one word too many.' }],
    ['export', { wrong: 'Say which workspace to export: --workspace NAME.' }],
  ])('by "%s"', (words, expected) => {
    expect(readArguments(words.split(' ').filter(Boolean))).toEqual(expected);
  });

  it('with an option that nobody knows is told', () => {
    expect(readArguments(['plan', '--force'])).toMatchObject({ wrong: expect.stringContaining('--force') });
  });
});
