import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { eventually } from '@baton/testing';
import { BOT, MIA } from './testkit/fake-server.js';
import { Stage } from './testkit/stage.js';
import type { Visitor } from './testkit/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});
beforeEach(() => stage.clear());
afterAll(() => stage.strike());

/** What axe finds wrong with what is on the screen, one line each. */
async function wrongs(visitor: Visitor): Promise<string[]> {
  await visitor.page.evaluate(axe.source);
  return visitor.page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({ include: [['baton-chat']] } as never, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`));
  });
}

/** A conversation with one of everything in it. */
async function aTalk(visitor: Visitor): Promise<void> {
  const { server } = stage;
  await visitor.open();
  await visitor.write('Hello, **I** need help');
  await eventually(() => server.written.length === 1);
  server.say(BOT, 'Have a look at https://example.org or `run` this:\n\n- one\n- two\n\n```\nsome code\n```');
  server.mode('waiting');
  server.say({ kind: 'system' }, 'Our team has your conversation.');
  server.mode('agent', { name: 'Mia' });
  const id = server.say(MIA, 'x');
  server.append({ t: 'removal', id });
  server.sayBody(MIA, { type: 'file', name: 'invoice.pdf', url: 'https://files.example/a.pdf', contentType: 'application/pdf' });
  server.say(MIA, 'Is it this one?', [
    { title: 'Yes', payload: 'y' },
    { title: 'No', payload: 'n' },
    { title: 'Perhaps', payload: 'p' },
  ]);
  await visitor.at('.reply').first().waitFor();
}

describe('everybody can use it', () => {
  it.each(['light', 'dark'] as const)('axe finds nothing wrong, %s', async (colorScheme) => {
    stage.server.config = { ...stage.server.config, greeting: 'Hello!' };
    const visitor = await stage.visitor({ colorScheme });
    await visitor.at('.launcher').waitFor();
    expect(await wrongs(visitor)).toEqual([]);
    await aTalk(visitor);
    stage.server.push({ t: 'typing', author: MIA, typing: true });
    await visitor.at('.typing').waitFor();
    expect(await wrongs(visitor)).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    stage.server.say(MIA, 'Are you there?');
    await visitor.at('.preview').waitFor();
    expect(await wrongs(visitor)).toEqual([]);
  });

  it('with the keyboard alone', async () => {
    const visitor = await stage.visitor();
    await visitor.at('.launcher').waitFor();
    const { keyboard } = visitor.page;
    const focused = () =>
      visitor.page.evaluate(() => {
        const element = document.querySelector('baton-chat')?.shadowRoot?.activeElement;
        return element ? `${element.localName}.${element.classList[0] ?? ''}` : document.activeElement?.localName;
      });
    for (let tabs = 0; tabs < 5 && (await focused()) !== 'button.launcher'; tabs++) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await eventually(async () => (await focused()) === 'textarea.');
    await keyboard.type('first');
    await keyboard.press('Shift+Enter');
    await keyboard.type('second');
    await keyboard.press('Enter');
    await eventually(() => stage.server.written[0] === 'first\nsecond');
    stage.server.say(BOT, 'See https://example.org', [
      { title: 'One', payload: '1' },
      { title: 'Two', payload: '2' },
    ]);
    await visitor.at('.reply').first().waitFor();
    await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('button.tool');
    await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('button.reply');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await eventually(() => stage.server.written.at(-1) === 'Two');
    expect(await focused()).toBe('textarea.');
    await keyboard.press('Shift+Tab');
    while ((await focused()) !== 'div.log') await keyboard.press('Shift+Tab');
    await keyboard.press('Home');
    expect(await focused()).toBe('article.message');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    expect(await focused()).toBe('a.');
    await keyboard.press('Escape');
    expect(await focused()).toBe('textarea.');
    await keyboard.press('Escape');
    expect(await focused()).toBe('button.launcher');
    expect(await visitor.at('.launcher').getAttribute('aria-expanded')).toBe('false');
  });

  it('with a screen reader: what is new is said once with its author, what was there before is not', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('Hi');
    await eventually(() => server.written.length === 1);
    server.say(BOT, 'from before');
    server.say({ kind: 'system' }, 'You asked for a human.');
    await visitor.sees('Hi', 'from before');
    await visitor.at('.notice').waitFor();
    await visitor.page.reload();
    await visitor.at('.notice').waitFor();
    await visitor.sees('Hi', 'from before');
    const spoken = visitor.at('[role=status].spoken');
    expect(await spoken.textContent()).toBe('');
    server.say(MIA, 'and now');
    await eventually(async () => (await spoken.textContent()) === 'Mia: and now');
    server.say({ kind: 'system' }, 'You are talking to our assistant again.');
    await eventually(async () => (await spoken.textContent()) === 'You are talking to our assistant again.');
    expect(await visitor.at('.log').getAttribute('aria-live')).toBe('off');
    expect(await visitor.at('.message.agent').getAttribute('aria-label')).toMatch(/^Mia · Support team, /);
  });

  it('without the focus being stolen when it opens by itself', async () => {
    const visitor = await (await stage.visitor()).open();
    await visitor.page.reload();
    await visitor.at('.window').waitFor();
    expect(await visitor.page.evaluate(() => document.activeElement?.localName)).toBe('body');
  });

  it('on a phone: the whole screen, nothing too small to tap, no zoom on typing, focus kept inside', async () => {
    const visitor = await stage.visitor({ viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true });
    await aTalk(visitor);
    const found = await visitor.at('.window').evaluate((shown) => {
      const { x, y, width, height } = shown.getBoundingClientRect();
      const small = [...shown.querySelectorAll<HTMLElement>('button, textarea')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        .map((one) => one.className);
      const font = getComputedStyle(shown.querySelector('textarea') as Element).fontSize;
      return { box: [x, y, width, height], small, font, modal: shown.ariaModal, wide: document.documentElement.scrollWidth };
    });
    expect(found).toEqual({ box: [0, 0, 360, 700], small: [], font: '16px', modal: 'true', wide: 360 });
    expect(await wrongs(visitor)).toEqual([]);
  });

  it('from right to left, each message in its own direction', async () => {
    const visitor = await (await stage.visitor({ wishes: { lang: 'he' } })).open();
    await eventually(() => stage.server.lines === 1);
    stage.server.say(BOT, 'שלום');
    stage.server.say(MIA, 'This part is English.');
    await visitor.sees('שלום', 'This part is English.');
    const found = await visitor.at('.window').evaluate((shown) => ({
      direction: getComputedStyle(shown).direction,
      left: shown.getBoundingClientRect().left,
      bubbles: [...shown.querySelectorAll('.bubble')].filter((one) => one.checkVisibility()).map((one) => getComputedStyle(one).direction),
    }));
    expect(found).toEqual({ direction: 'rtl', left: 20, bubbles: ['rtl', 'ltr'] });
    expect(await wrongs(visitor)).toEqual([]);
  });

  it('with forced colours, and without motion where none is wanted', async () => {
    const visitor = await stage.visitor({ forcedColors: 'active' });
    await aTalk(visitor);
    const found = await visitor
      .at('.message.agent .bubble')
      .last()
      .evaluate((bubble) => ({
        border: getComputedStyle(bubble).borderTopWidth,
        motion: (document.querySelector('baton-chat')?.shadowRoot?.getAnimations?.() ?? []).length,
      }));
    expect(found).toEqual({ border: '1px', motion: 0 });
  });
});
