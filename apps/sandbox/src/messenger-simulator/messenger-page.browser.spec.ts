import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { launchBrowser } from '@baton/testing/browser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { LENA, PAGE, Stage } from './testkit/stage.js';

/** A machine under load is slow; nothing here may take longer even then. */
const PATIENCE_MS = 20_000;

let stage: Stage;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Errors on the console, exceptions nobody caught, what the page's policy forbade. */
let complaints: string[];

beforeAll(async () => ([stage, browser] = await Promise.all([Stage.open(), launchBrowser()])));
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
beforeEach(async () => {
  await stage.clear();
  complaints = [];
});
afterEach(async () => {
  await context?.close();
  expect(complaints).toEqual([]);
});

async function open(size: { width: number; height: number } = { width: 1_280, height: 860 }): Promise<void> {
  context = await browser.newContext({ viewport: size, locale: 'en-GB', reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (event) => complaints.push(event.error().message));
  page = await context.newPage();
  await page.goto(`${stage.url}/`);
}

const button = (name: string | RegExp): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const log = (): ReturnType<Page['getByRole']> => page.getByRole('log');
const person = (): Promise<{ messages: Record<string, unknown>[]; unread: number; blocked: boolean }> =>
  stage.control('GET', `/people/${LENA}`);

async function chooseLena(): Promise<void> {
  await page.getByRole('navigation', { name: 'People' }).getByRole('button', { name: /Lena/ }).click();
}

describe('the page of the person', () => {
  it('lets a person begin, tap and write with the keyboard alone', async () => {
    await open();
    await chooseLena();
    await button('Get started').click();
    await log().getByText('Get started').waitFor();
    await stage.send({ text: 'What is it about?', quick_replies: [{ content_type: 'text', title: 'An order', payload: 'order' }] });
    await button('An order').focus();
    await page.keyboard.press('Enter');
    await log().getByText('An order').waitFor();
    expect(await button('An order').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Your message' }).fill('Number 1234');
    await page.keyboard.press('Enter');
    await log().getByText('Number 1234').waitFor();
    expect((await person()).messages).toMatchObject([
      { kind: 'postback', payload: 'GET_STARTED' },
      { from: 'page' },
      { text: 'An order', payload: 'order' },
      { text: 'Number 1234' },
    ]);
  });

  it('shows who of the team speaks, says it to screen readers, and marks it as read', async () => {
    await stage.act('say', { text: 'Hello' });
    await open();
    await chooseLena();
    await log().getByText('Hello').waitFor();
    const { body } = await stage.graph('POST', `/${PAGE}/personas`, { name: 'Mia Berger' });
    await stage.send({ text: 'Mia here' }, { persona_id: body['id'] });
    await log().getByText('Mia Berger').waitFor();
    await page.locator('[aria-live="polite"]').getByText('Mia Berger: Mia here').waitFor({ state: 'attached' });
    await log().getByText('Sent').waitFor();
    await stage.graph('POST', '/me/messages', { recipient: { id: LENA }, sender_action: 'mark_seen' });
    await log().getByText('Seen').waitFor();
    await stage.graph('POST', '/me/messages', { recipient: { id: LENA }, sender_action: 'typing_on', persona_id: body['id'] });
    await log().getByText('Mia Berger is typing').waitFor({ state: 'attached' });
    expect(await person()).toMatchObject({ unread: 0 });
  });

  it('reacts by keyboard, and takes it back', async () => {
    await stage.act('say', { text: 'Hello' });
    await stage.send({ text: 'Hi' });
    await open();
    await chooseLena();
    const react = button('React to this message');
    await react.press('Enter');
    await button('😆').waitFor();
    // Others act meanwhile: what they do is shown, and the keyboard stays where it is.
    await page.keyboard.press('ArrowRight');
    await stage.graph('POST', '/me/messages', { recipient: { id: LENA }, sender_action: 'mark_seen' });
    await log().getByText('Seen').waitFor();
    await stage.send({ text: 'Are you there?' });
    await log().getByText('Are you there?').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('😆');
    await page.keyboard.press('Enter');
    await log().locator('.reaction').waitFor();
    expect((await person()).messages.at(-2)).toMatchObject({ reaction: { emoji: '😆' } });
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('React to this message');
    await page.keyboard.press('Enter');
    await button('😆').click();
    await log().locator('.reaction').waitFor({ state: 'detached' });
  });

  it('sends stickers, samples and files of one’s own', async () => {
    await open();
    await chooseLena();
    await button('Stickers').click();
    await button('Sticker: cat').click();
    await log().getByAltText('Sticker').waitFor();
    await button('Send something else').click();
    await button('Sample picture').click();
    await log().getByAltText('parcel.png').waitFor();
    await page.locator('input[type=file]').setInputFiles({ name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
    await log().getByText('bill.pdf').waitFor();
    const kinds = (await person()).messages.map(({ attachments }) => (attachments as { type: string }[])[0]!.type);
    expect(kinds).toEqual(['sticker', 'image', 'file']);
  });

  it('blocks the page and forgives it, answers elsewhere, and lets time pass', async () => {
    await stage.act('say', { text: 'Hello' });
    await open();
    await chooseLena();
    await page.getByRole('switch', { name: /Block the page/ }).click();
    await page.getByText('You blocked Shop.').waitFor();
    expect((await stage.send({ text: 'Hi' })).error).toBe('551/1545041');
    await button('Unblock').click();
    await page.getByRole('textbox', { name: 'Your message' }).waitFor();
    await page.getByRole('textbox', { name: /own inbox/ }).fill('Anna here');
    await button('Answer from the page’s inbox').click();
    await log().getByText('from the page’s own inbox').waitFor();
    await button('25 hours pass').click();
    await log().getByText('25 hours later').waitFor();
    await page.getByText('Closed for the bot').waitFor();
    await button('8 days pass').click();
    await page.getByText('Closed for everybody').waitFor();
  });

  it('fits a phone: the people, then the chat, and back', async () => {
    await open({ width: 360, height: 740 });
    expect(await page.getByRole('textbox', { name: 'Your message' }).count()).toBe(0);
    await chooseLena();
    await page.getByRole('textbox', { name: 'Your message' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await button('Around the chat').click();
    await page.getByRole('heading', { name: 'Around the chat' }).waitFor();
    await page.keyboard.press('Escape');
    await button('Back to the people').click();
    await page.getByRole('navigation', { name: 'People' }).waitFor();
  });

  it('is of use when nobody is there yet', async () => {
    for (const one of stage.simulator.world.pages.values()) one.people.clear();
    await open();
    await page.getByText('Nobody is here yet.').waitFor();
    await page.getByText('Who are you today?').waitFor();
    await button('New person').click();
    await page.getByLabel('First name').fill('Zoë');
    await page.keyboard.press('Enter');
    await page.getByText('You have not talked yet.').waitFor();
  });
});
