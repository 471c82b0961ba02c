import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { withPlants } from './plants.js';

const SHOP = fileURLToPath(new URL('../../site/', import.meta.url));
const shown = (page: string) =>
  withPlants(readFileSync(`${SHOP}${page}`, 'utf8'), (id) => readFileSync(`${SHOP}plants/${id}.html`, 'utf8'));

describe('the pages of the shop', () => {
  it('show six plants, each with its drawing', () => {
    const page = shown('index.html');
    expect(page.match(/<li class="card">/g)).toHaveLength(6);
    expect(page).toMatch(/aria-label="Monstera">\s*<path class="stem"/);
  });

  it.each(['index.html', 'outlet.html'])('leave nothing to be put in, and define what they draw with: %s', (page) => {
    expect(shown(page)).not.toMatch(/\{\{(?![A-Z_]+\}\})/);
    expect(shown(page)).toContain('<path id="leaf"');
  });
});
