import { describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { registry } from './metrics.js';
import { watchEffects } from './watch-effects.js';
import { watchSettings } from './watch-settings.js';

const figure = async (name: string): Promise<number | undefined> =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await registry.metrics())?.[1]);

describe('what is shown of work outside', () => {
  it('is how many targets are sick, and the ages that Postgres told at the last look; it is not asked at each scrape', async () => {
    const asked: unknown[] = [];
    const query = async (_: string, parameters: unknown[]) => [{ age: String(100 + asked.push(parameters)), words: '7.5' }];
    watchEffects({ sickTargets: ['crisp:1', 'crisp:2'] }, { query }, ['post-words']);
    expect(await registry.metrics()).not.toMatch(/^baton_(effect|word)_age_seconds /m);
    expect(await figure('baton_breakers_open')).toBe(2);
    await eventually(async () => ((await figure('baton_effect_age_seconds')) === 101 ? true : undefined), { what: 'the age' });
    expect(await figure('baton_word_age_seconds')).toBe(7.5);
    expect(asked).toEqual([[['post-words']]]);
  });
});

describe('what is shown of the settings', () => {
  it('is how old the last word of the control plane is, and the process itself before the first one', async () => {
    const settings: { freshAt: Date | undefined } = { freshAt: undefined };
    watchSettings(settings);
    expect(await figure('baton_settings_age_seconds')).toBeGreaterThan(0);
    settings.freshAt = new Date(Date.now() - 90_000);
    expect(await figure('baton_settings_age_seconds')).toBeCloseTo(90, 0);
    settings.freshAt = new Date(Date.now() + 5_000);
    expect(await figure('baton_settings_age_seconds')).toBe(0);
  });
});
