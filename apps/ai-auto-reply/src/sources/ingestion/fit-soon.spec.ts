import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { FitSoon } from './fit-soon.js';

const bot = (botId: string) => ({ workspaceId: 'acme', botId });
const log = { warn: () => undefined };

describe('the search of a bot', () => {
  afterEach(() => void jest.useRealTimers());

  it('is fitted once when its changes have ended, each bot for itself and one at a time', async () => {
    jest.useFakeTimers();
    const fitted: string[] = [];
    let atOnce = 0;
    const fits = new FitSoon({
      log,
      fit: async ({ botId }) => {
        expect((atOnce += 1)).toBe(1);
        await Promise.resolve();
        fitted.push(botId);
        atOnce -= 1;
      },
    });
    fits.changed(bot('one'));
    fits.changed(bot('two'));
    await jest.advanceTimersByTimeAsync(1_500);
    fits.changed(bot('one'));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(fitted).toEqual(['two']);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(fitted).toEqual(['two', 'one']);
    await fits.stop();
  });

  it('is fitted although another could not be, and not after the stop', async () => {
    jest.useFakeTimers();
    const fitted: string[] = [];
    const fits = new FitSoon({
      log,
      fit: ({ botId }) => (botId === 'ill' ? Promise.reject(new Error('no')) : Promise.resolve(void fitted.push(botId))),
    });
    fits.changed(bot('ill'));
    fits.changed(bot('well'));
    await jest.advanceTimersByTimeAsync(3_000);
    fits.changed(bot('late'));
    await fits.stop();
    await jest.advanceTimersByTimeAsync(3_000);
    fits.changed(bot('later'));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(fitted).toEqual(['well']);
  });
});
