import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { MIA } from './testkit/fake-server.js';
import { Stage } from './testkit/stage.js';
import type { Visitor } from './testkit/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});
beforeEach(() => stage.clear());
afterAll(() => stage.strike());

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PDF = Buffer.from('%PDF-1.4\n');

const choose = (visitor: Visitor, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  visitor.at('input[type=file]').setInputFiles(files);

/** Brings a file as the browser does when one is pasted or dropped. */
const bring = (visitor: Visitor, how: 'paste' | 'drop', words = '') =>
  visitor.at(how === 'paste' ? 'textarea' : '.log').evaluate(
    (element, { how, words, png }) => {
      const data = new DataTransfer();
      if (words) data.setData('text/plain', words);
      data.items.add(new File([Uint8Array.from(atob(png), (one) => one.charCodeAt(0))], 'shot.png', { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true, composed: true };
      if (how === 'paste') return element.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }));
      element.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: data }));
      return element.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }));
    },
    { how, words, png: PNG.toString('base64') },
  );

const filesSaid = (): string[] =>
  stage.server.conversation.log.flatMap((frame) => (frame.t === 'message' && frame.body.type === 'file' ? [frame.body.name] : []));

describe('a file of the visitor', () => {
  it('is chosen, handed in and said: a picture is shown, everything else is a card', async () => {
    const visitor = await (await stage.visitor()).open();
    await visitor.at('[aria-label="Attach files"]').waitFor();
    await choose(
      visitor,
      { name: 'photo.png', mimeType: 'image/png', buffer: PNG },
      { name: 'invoice.pdf', mimeType: 'application/pdf', buffer: PDF },
    );
    await visitor.at('.foot').getByText('Sent').waitFor();
    await eventually(() => filesSaid().join() === 'photo.png,invoice.pdf');
    const [photo] = [...stage.server.files.values()];
    expect(photo?.bytes).toEqual(PNG);
    const picture = visitor.at('.picture');
    await picture.waitFor();
    expect(await picture.getAttribute('alt')).toBe('photo.png');
    expect(await picture.getAttribute('loading')).toBe('lazy');
    await eventually(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth === 1));
    expect(await visitor.at('.file').innerText()).toBe('invoice.pdf');
    expect(await visitor.at('a:has(.file)').getAttribute('href')).toMatch(/\/v1\/files\/.*\/invoice\.pdf$/);
    expect(await visitor.noted('violations')).toEqual([]);
  });

  it('may be pasted or dropped, but a picture of pasted words is not meant', async () => {
    const visitor = await (await stage.visitor()).open();
    await eventually(() => stage.server.lines > 0);
    await bring(visitor, 'paste', 'a table');
    await bring(visitor, 'paste');
    await eventually(() => filesSaid().length === 1);
    await bring(visitor, 'drop');
    await eventually(() => filesSaid().length === 2);
    expect(await visitor.at('.drop').isVisible()).toBe(false);
  });

  it('shows that it is on its way, and can be taken back', async () => {
    const { server } = stage;
    server.holdFiles = true;
    const visitor = await (await stage.visitor()).open();
    await choose(visitor, { name: 'photo.png', mimeType: 'image/png', buffer: PNG });
    await visitor.at('progress').waitFor();
    await eventually(() => visitor.at('progress').evaluate((bar) => (bar as HTMLProgressElement).value === 1));
    await visitor.at('.foot button').getByText('Discard').click();
    await visitor.sees();
    server.holdFiles = false;
    await visitor.write('never mind');
    await visitor.sees('never mind');
    expect(filesSaid()).toEqual([]);
  });

  it('is refused in words, and only tried again where that may help', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines > 0);
    server.fileRefusals.push([415, 'type-not-allowed'], [503, 'try-later']);
    await choose(visitor, { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(1_048_577) });
    await visitor.at('.foot.failed').getByText('Files may have up to 1 MB.').waitFor();
    expect(await visitor.at('.foot.failed button').allInnerTexts()).toEqual(['Discard']);
    await visitor.at('.foot.failed button').click();

    await choose(visitor, { name: 'setup.exe', mimeType: '', buffer: PDF });
    await visitor.at('.foot.failed').getByText('Files of this kind cannot be sent.').waitFor();
    await visitor.at('.spoken').getByText('setup.exe: Files of this kind').waitFor({ state: 'attached' });
    await visitor.at('.foot.failed button').getByText('Discard').click();

    await choose(visitor, { name: 'photo.png', mimeType: 'image/png', buffer: PNG });
    await visitor.at('.foot.failed').getByText('Not sent.').waitFor();
    await visitor.at('.foot.failed button').getByText('Try again').click();
    await eventually(() => filesSaid().join() === 'photo.png');
    await visitor.at('.foot').getByText('Sent').waitFor();
  });

  it('is handed in when the line is back', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines > 0);
    server.isUp = false;
    server.dropLines();
    await visitor.page.waitForFunction(() => !(window as unknown as { $baton(...all: unknown[]): boolean }).$baton('get', 'connected'));
    await choose(visitor, { name: 'photo.png', mimeType: 'image/png', buffer: PNG });
    await visitor.at('progress').waitFor();
    server.isUp = true;
    await eventually(() => filesSaid().length === 1, { within: 15_000 });
  });

  it('has no place where the bot takes none', async () => {
    stage.server.config = { ...stage.server.config, files: undefined };
    const visitor = await (await stage.visitor()).open();
    expect(await visitor.at('[aria-label="Attach files"]').count()).toBe(0);
  });
});

describe('a file of the agent', () => {
  it('is shown when it is a picture, and a card when the picture cannot be had', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines > 0);
    server.files.set('/v1/files/1/plan.png', { name: 'plan.png', contentType: 'image/png', bytes: PNG });
    server.sayBody(MIA, { type: 'file', name: 'plan.png', url: `${server.url}/v1/files/1/plan.png`, contentType: 'image/png' });
    await visitor.at('.picture').waitFor();
    server.sayBody(MIA, { type: 'file', name: 'gone.png', url: `${server.url}/v1/files/2/gone.png`, contentType: 'image/png' });
    await visitor.at('.file').getByText('gone.png').waitFor();
    expect(await visitor.at('.message.agent .picture').count()).toBe(1);
  });
});
