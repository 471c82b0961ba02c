import { describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { registry } from './metrics.js';
import { watchEffects } from './watch-effects.js';
import { watchSettings } from './watch-settings.js';

const figure = async (name: string): Promise<number | undefined> =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await registry.metrics())?.[1]);

describe('what is shown of work outside', () => {
  it('is how many targets are sick, and the age that Postgres told at the last look; it is not asked at each scrape', async () => {
    let asked = 0;
    const query = async () => [{ age: String(100 + asked++) }];
    watchEffects({ sickTargets: ['crisp:1', 'crisp:2'] }, { query });
    expect(await figure('baton_breakers_open')).toBe(2);
    await eventually(async () => ((await figure('baton_effect_age_seconds')) === 100 ? true : undefined), { what: 'the age' });
    await registry.metrics();
    expect(asked).toBe(1);
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
