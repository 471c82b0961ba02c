import { describe, expect, it } from '@jest/globals';
import { Quantiles } from './quantiles.js';
import { sparkline } from './sparkline.js';

describe('quantiles of times', () => {
  it('are true to two in a hundred, and cost the same however many there are', () => {
    const quantiles = new Quantiles();
    for (let ms = 1; ms <= 1_000; ms += 1) quantiles.add(ms * 1_000);
    for (const [quantile, ms] of [
      [0.5, 500],
      [0.95, 950],
      [0.99, 990],
      [1, 1_000],
    ] as const) {
      expect(Math.abs(quantiles.at(quantile) / ms - 1)).toBeLessThan(0.02);
    }
  });

  it('of none is 0, and of what nobody can measure is the nearest bound', () => {
    const quantiles = new Quantiles();
    expect(quantiles.at(0.5)).toBe(0);
    quantiles.add(-5);
    quantiles.add(1e12);
    expect(quantiles.at(0.1)).toBe(0.001);
    expect(quantiles.at(1)).toBeGreaterThan(2e6);
  });
});

describe('a row of bars', () => {
  it.each([
    ['rises', [1, 2, 3, 4, 5, 6, 7, 8], '▂▃▄▅▆▇██'],
    ['is flat at the top when all are alike', [5, 5, 5], '███'],
    ['is flat at the bottom when all are 0', [0, 0], '▁▁'],
    ['is nothing without figures', [], ''],
  ])('%s', (_, values, bars) => {
    expect(sparkline(values)).toBe(bars);
  });

  it('is no wider than there is room', () => {
    expect(sparkline(Array.from({ length: 601 }, (_, index) => index)).length).toBe(60);
  });
});
