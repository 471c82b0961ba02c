import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { BOT, MIA } from './testkit/fake-server.js';
import { Stage } from './testkit/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});
beforeEach(() => stage.clear());
afterAll(() => stage.strike());

const EVIL = [
  '<img src=x onerror="window.hacked=1">',
  '<script>window.hacked=1</script>',
  '<svg onload=window.hacked=1>',
  '[click](javascript:window.hacked=1)',
  '**<b onmouseover=window.hacked=1>x</b>**',
  '"><iframe srcdoc="<script>top.hacked=1</script>">',
  '{{constructor.constructor("window.hacked=1")()}}',
];

describe('untrusted words', () => {
  it('stay words, wherever they are shown', async () => {
    const { server } = stage;
    const [first = ''] = EVIL;
    server.config = {
      name: first,
      title: first,
      greeting: first,
      accent: '#2f6fed;background:url(x)',
      avatar: 'javascript:window.hacked=1',
    };
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines === 1);
    for (const text of EVIL) {
      server.say({ kind: 'agent', name: text, avatar: 'javascript:window.hacked=1' }, text, [{ title: text.slice(0, 80), payload: text }]);
      server.say({ kind: 'system' }, text);
      server.mode('agent', { name: text, avatar: text });
      server.push({ t: 'typing', author: { kind: 'agent', name: text }, typing: true });
    }
    server.sayBody(MIA, { type: 'file', name: first, url: 'javascript:window.hacked=1', contentType: 'image/png' });
    server.sayBody(MIA, { type: 'file', name: first, url: 'data:text/html,<script>1</script>', contentType: 'text/html' });
    await visitor.write(first);
    await eventually(async () => (await visitor.messages()).filter((text) => text === first).length >= 5);
    await visitor.page.keyboard.press('Escape');
    server.say({ kind: 'agent', name: first }, first);
    await visitor.at('.preview').waitFor();
    const found = await visitor.page.evaluate(() => {
      const root = document.querySelector('baton-chat')?.shadowRoot;
      const all = [...(root?.querySelectorAll('*') ?? [])];
      return {
        hacked: (window as unknown as { hacked?: number }).hacked,
        elements: all.filter(({ localName }) => ['script', 'iframe', 'object', 'embed', 'form[action]', 'style'].includes(localName))
          .length,
        handlers: all.filter((one) => one.getAttributeNames().some((name) => name.startsWith('on'))).length,
        links: all
          .flatMap((one) => (one as HTMLAnchorElement).href ?? [])
          .filter((href) => typeof href === 'string' && !/^(https?|mailto|tel):/.test(href)),
      };
    });
    expect(found).toEqual({ hacked: undefined, elements: 0, handlers: 0, links: [] });
  });
});

describe('the page around it', () => {
  it('may have the strictest policy there is', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('Hello\nthere');
    server.say(BOT, '- a list\n- with `code` and https://example.org', [{ title: 'Yes', payload: 'y' }]);
    server.mode('agent', { name: 'Mia' });
    server.say(MIA, 'Hello');
    await visitor.at('.bubble').getByText('Hello', { exact: true }).waitFor();
    expect(await visitor.noted('violations')).toEqual([]);
  });

  it('cannot disfigure it, nor be disfigured', async () => {
    const css = `*{display:none!important;color:red!important;font-size:3px!important;margin:9px!important;opacity:.1!important}
      html,head,body,main,h1{display:block!important;opacity:1!important} button{width:1px} baton-chat{position:static;transform:scale(.1);filter:blur(9px)}`;
    const visitor = await (await stage.visitor({ wishes: { css } })).open();
    await eventually(() => stage.server.lines === 1);
    stage.server.say(BOT, 'Hello');
    await visitor.sees('Hello');
    const measured = await visitor.at('.bubble').evaluate((bubble) => {
      const { color, fontSize } = getComputedStyle(bubble);
      const { width, height } = (bubble.closest('.window') as HTMLElement).getBoundingClientRect();
      const { opacity, filter } = getComputedStyle(document.querySelector('baton-chat') as Element);
      return { color, fontSize, width, height, opacity, filter };
    });
    expect(measured).toEqual({ color: 'rgb(21, 24, 30)', fontSize: '15px', width: 400, height: 690, opacity: '1', filter: 'none' });
    const page = await visitor.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      sheets: document.styleSheets.length,
      hit: document.elementFromPoint(300, 300)?.localName,
    }));
    expect(page.wide).toBeLessThanOrEqual(1_100);
    expect(page.sheets).toBe(1);
    expect(page.hit).not.toBe('baton-chat');
  });

  it('may print without it', async () => {
    const visitor = await (await stage.visitor()).open();
    await visitor.page.emulateMedia({ media: 'print' });
    await visitor.at('.window').waitFor({ state: 'hidden' });
  });

  it('calls it before it is there, hears what happens, and may fail in its own code', async () => {
    const before = `window.events=[];
      for (const name of ['ready','open','close','message:in','message:out','unread','mode','connection','error']) $baton('on', name, (d) => events.push([name, d]));
      $baton('on', 'open', () => { throw new Error('of the page') });
      $baton('set', {locale: 'de'}); $baton('prefill', 'Hallo'); $baton('open'); $baton('nonsense'); $baton('constructor');`;
    const visitor = await stage.visitor({ wishes: { before } });
    await visitor.at('.window').waitFor();
    await eventually(async () => (await visitor.at('textarea').inputValue()) === 'Hallo');
    expect(await visitor.at('.send').getAttribute('aria-label')).toBe('Senden');
    await eventually(() => stage.server.lines === 1);
    await visitor.call('send', 'Guten Tag');
    await visitor.sees('Guten Tag');
    stage.server.mode('agent', { name: 'Mia' });
    stage.server.say(MIA, 'Hallo');
    await visitor.sees('Guten Tag', 'Hallo');
    expect(await visitor.call('get', 'state')).toEqual({ open: true, unread: 0, connected: true, mode: 'agent' });
    await visitor.call('close');
    const events = await visitor.noted<[string, unknown][]>('events');
    const names = new Set(events.map(([name]) => name));
    expect([...names].sort()).toEqual(['close', 'connection', 'message:in', 'message:out', 'mode', 'open', 'ready']);
    expect(events.find(([name]) => name === 'message:in')?.[1]).toMatchObject({ text: 'Hallo', author: { kind: 'agent', name: 'Mia' } });
    expect(events.find(([name]) => name === 'mode')?.[1]).toEqual({ mode: 'agent', agent: { name: 'Mia' } });
  });

  it('may carry the snippet twice, and change its body: there is one chat', async () => {
    const visitor = await stage.visitor({ wishes: { twice: 'yes' } });
    await visitor.at('.launcher').waitFor();
    await visitor.page.waitForLoadState('networkidle');
    await visitor.page.evaluate(() => document.body.replaceWith(document.createElement('body')));
    expect(await visitor.page.locator('baton-chat').count()).toBe(1);
    await visitor.open();
  });

  it('gets rid of it on request, and sees no trace of it', async () => {
    const visitor = await (await stage.visitor()).open();
    await visitor.call('destroy');
    expect(await visitor.page.locator('baton-chat').count()).toBe(0);
    await eventually(() => stage.server.lines === 0);
  });

  it('shows nothing at all where the bot is unknown', async () => {
    const visitor = await stage.visitor({
      wishes: { bot: 'nobody', before: `window.events=[]; $baton('on', 'error', (e) => events.push(e.code))` },
    });
    await eventually(async () => (await visitor.noted<string[]>('events'))[0] === 'not-available');
    expect(await visitor.page.locator('baton-chat').count()).toBe(0);
  });
});
