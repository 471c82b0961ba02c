import { describe, expect, it } from '@jest/globals';
import type { ApiRefusal } from '../api/problem.js';
import { CheckPace } from './check-pace.js';

describe('checks of connections', () => {
  it('are twenty in a minute for each workspace', () => {
    let now = 0;
    const pace = new CheckPace(() => now);
    const told = (workspaceId: string) => {
      try {
        pace.take(workspaceId);
        return 'may';
      } catch (error) {
        return (error as ApiRefusal).details.retryAfter;
      }
    };
    expect(Array.from({ length: 20 }, () => told('acme'))).toEqual(Array.from({ length: 20 }, () => 'may'));
    now = 20_000;
    expect([told('acme'), told('rival')]).toEqual([40, 'may']);
    now = 60_001;
    expect(told('acme')).toBe('may');
  });
});
