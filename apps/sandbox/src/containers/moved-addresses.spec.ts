import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { withMovedPlatforms } from './moved-addresses.js';

const there = { crisp: 'http://crisp:4100', messenger: 'http://messenger:4110' };

describe('settings for containers', () => {
  it('have the platforms where containers reach them, and the pages where browsers do', () => {
    const yaml =
      '  crisp:\n    apiUrl: http://127.0.0.1:4100\n  messenger:\n    graphUrl: http://127.0.0.1:4110\n  origins:\n    - http://127.0.0.1:4000\n';
    expect(withMovedPlatforms(yaml, there)).toBe(
      '  crisp:\n    apiUrl: http://crisp:4100\n  messenger:\n    graphUrl: http://messenger:4110\n  origins:\n    - http://127.0.0.1:4000\n',
    );
  });

  it('leave none of the sandbox’s own bots behind', async () => {
    const moved = withMovedPlatforms(await readFile(new URL('../../bots.yaml', import.meta.url), 'utf8'), there);
    expect(moved.split('\n').filter((line) => /^\s*(apiUrl|graphUrl):.*127\.0\.0\.1/.test(line))).toEqual([]);
  });

  it('must be those of a sandbox', () => {
    expect(() => withMovedPlatforms('bots: []\n', there)).toThrow('No bot');
  });
});
