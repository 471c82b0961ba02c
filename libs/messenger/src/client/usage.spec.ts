import { describe, expect, it } from '@jest/globals';
import { readUsage } from './usage.js';

const app = (usage: unknown) => ({ 'x-app-usage': JSON.stringify(usage) });
const page = (...uses: unknown[]) => ({ 'x-business-use-case-usage': JSON.stringify({ '4400110022': uses }) });

describe('how much of what Meta allows is used', () => {
  it.each([
    ['by the app', app({ call_count: 7, total_time: 3, total_cputime: 2 }), { percent: 7, waitMs: 0, slowDown: false }],
    ['by its computing time', app({ call_count: 7, total_time: 3, total_cputime: 81 }), { percent: 81, waitMs: 0, slowDown: true }],
    [
      'by the page',
      page({ type: 'messenger', call_count: 41, total_cputime: 3, total_time: 5, estimated_time_to_regain_access: 0 }),
      { percent: 41, waitMs: 0, slowDown: false },
    ],
    [
      'when all of it is',
      page({ type: 'messenger', call_count: 120, estimated_time_to_regain_access: 3 }),
      { percent: 120, waitMs: 180_000, slowDown: true },
    ],
    ['by both', { ...app({ call_count: 20 }), ...page({ type: 'messenger', call_count: 80 }) }, { percent: 80, waitMs: 0, slowDown: true }],
    ['by other things of the page', page({ type: 'pages', call_count: 99 }), undefined],
    ['is not said', {}, undefined],
    ['is said in no way that can be read', { 'x-app-usage': '{', 'x-business-use-case-usage': '[1]' }, undefined],
    ['is said oddly', app({ call_count: 'many', total_time: 12 }), { percent: 12, waitMs: 0, slowDown: false }],
  ])('%s', (_what, headers, usage) => {
    expect(readUsage(new Headers(headers))).toEqual(usage);
  });
});
