import { launchBrowser } from '@baton/testing/browser';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A machine under load is slow; nothing here may take longer even then. */
const PATIENCE_MS = 20_000;

/**
 * Runs in every page before its own scripts: notes what the page's policy forbade, and counts sounds. The notes of a chime
 * begin within a moment, so a sound is what begins a second or more after the last note.
 */
const WATCH = `
  window.forbidden = [];
  addEventListener('securitypolicyviolation', (event) => forbidden.push(event.violatedDirective + ' ' + event.blockedURI));
  window.sounds = 0;
  let lastNote = -Infinity;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    if (performance.now() - lastNote > 1000) sounds += 1;
    lastNote = performance.now();
    return start.apply(this, when);
  };
`;

/** One person's browser with as many tabs as wanted; remembers what any page complained about. */
export class WatchedBrowser {
  /** Errors on the console, exceptions nobody caught. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
  ) {}

  static async open(): Promise<WatchedBrowser> {
    const browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB', reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(WATCH);
    const watched = new WatchedBrowser(browser, context);
    context.on('console', (message) => {
      if (message.type() === 'error') watched.complaints.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (event) => watched.complaints.push(event.error().message));
    return watched;
  }

  async tab(url: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

export const forbiddenIn = (page: Page): Promise<string[]> => page.evaluate('forbidden');
export const soundsIn = (page: Page): Promise<number> => page.evaluate('sounds');
