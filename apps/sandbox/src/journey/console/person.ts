import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { forbiddenIn, WatchedBrowser } from '../../browser-journey/watched-browser.js';
import { check } from '../stage.js';

/** What axe found, as far as it is told. */
interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

let axe: Promise<string> | undefined;
const axeSource = (): Promise<string> => (axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));

/** Somebody at the console, in a real Chromium of his own. */
export class Person {
  private shots = 0;

  private constructor(
    private readonly browser: WatchedBrowser,
    readonly page: Page,
    private readonly console: string,
    private readonly name: string,
  ) {}

  /** Opens a one-time link and signs in with it. */
  static async signsIn(link: string, name: string): Promise<Person> {
    const person = await Person.opensLink(link, name);
    await person.button('Sign in').click();
    return person;
  }

  static async opensLink(link: string, name: string): Promise<Person> {
    const browser = await WatchedBrowser.open();
    return new Person(browser, await browser.tab(link), new URL('/console', link).href, name);
  }

  /** @param at below `/console/` */
  async opens(at: string): Promise<void> {
    await this.page.goto(`${this.console}/${at}`);
    await this.heading().waitFor();
  }

  heading(name?: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, ...(name === undefined ? {} : { name }) });
  }

  heading2(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name }).first();
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  field(name: string | RegExp): Locator {
    return this.page.getByRole('textbox', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  text(words: string | RegExp): Locator {
    return this.page.getByText(words).first();
  }

  /** The page as it is now is usable with a screen reader, breaks no policy, and does not scroll sideways. */
  async pageIsSound(what: string): Promise<void> {
    await this.shot(what);
    await this.page.evaluate(await axeSource());
    const { violations } = (await this.page.evaluate('axe.run()')) as { violations: Finding[] };
    const findings = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    check(findings.length === 0, `${what}: ${findings.join('; ')}`);
    check(!(await this.page.evaluate('document.documentElement.scrollWidth > innerWidth')), `${what} scrolls sideways`);
    const forbidden = await forbiddenIn(this.page);
    check(forbidden.length === 0, `${what} breaks its policy: ${forbidden.join('; ')}`);
  }

  /** What no page should have said on the browser's console. Answers that a step provokes are known to it. */
  complaints(known: RegExp): string[] {
    return this.browser.complaints.filter((one) => !known.test(one));
  }

  async looks(scheme: 'light' | 'dark', width: number): Promise<void> {
    await this.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await this.page.setViewportSize({ width, height: 860 });
  }

  /** A picture for whoever wants to look: into the directory BATON_SHOTS. */
  async shot(what: string): Promise<void> {
    const directory = process.env['BATON_SHOTS'];
    if (directory === undefined) return;
    const name = `${this.name}-${String(this.shots++).padStart(2, '0')}-${what.replace(/\W+/g, '-')}.png`;
    await this.page.screenshot({ path: path.join(directory, name), fullPage: true });
  }

  /** Another tab of the same browser. */
  async anotherTab(): Promise<Person> {
    const page = await this.browser.tab(this.page.url());
    return new Person(this.browser, page, this.console, `${this.name}-second-tab`);
  }

  /** Goes to a page as links do: without loading the console anew. */
  async opensWithout(at: string): Promise<void> {
    await this.page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(`${this.console}/${at}`)}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await this.heading().waitFor();
  }

  /** Presses Save where it can be pressed. */
  async saves(): Promise<void> {
    if (await this.button('Save').isEnabled()) await this.button('Save').click();
  }

  /** Nothing is asked of the network any more; a page that watches something never gets there, so it has a moment only. */
  async settles(): Promise<void> {
    await this.page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
  }

  leaves(): Promise<void> {
    return this.browser.close();
  }
}
