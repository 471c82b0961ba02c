import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { asHtml, helpPage } from './help-page.js';

const FRAME = readFileSync(fileURLToPath(new URL('../../site/help.html', import.meta.url)), 'utf8');

describe('a help page', () => {
  it.each([
    ['# Delivery', '<h1>Delivery</h1>'],
    ['## Within <Germany>', '<h2>Within &#60;Germany&#62;</h2>'],
    ['It costs\nlittle.', '<p>It costs\nlittle.</p>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['1. first\n2. then', '<ol><li>first</li><li>then</li></ol>'],
  ])('shows %j as %s', (markdown, html) => expect(asHtml(markdown)).toBe(html));

  it('stands in the frame of the shop, whose files it finds one folder up', () => {
    const page = helpPage(FRAME, '# Delivery\n\nQuick.');
    expect(page).toContain('<title>Delivery · Juniper</title>');
    expect(page).toContain('<p>Quick.</p>');
    expect(page).not.toContain('recycled cardboard');
    expect(page).toContain('href="../shop.css"');
    expect(page).toContain('src="../shop.js"');
    expect(page).toContain('href=".././"');
  });
});
