import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from '@baton/testing';
import { FakeServer } from './fake-server.js';
import { serveHostPage } from './host-page.js';
import type { HostPage } from './host-page.js';
import { launchBrowser } from '@baton/testing/browser';

/** A browser, a page of somebody else's with the strictest policy, and a server that speaks the protocol. */
export class Stage {
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    readonly server: FakeServer,
    readonly host: HostPage,
    private readonly browser: Browser,
    private readonly files: string,
  ) {}

  static async set(): Promise<Stage> {
    const files = await mkdtemp(join(tmpdir(), 'baton-widget-'));
    const { buildWidget } = (await import(new URL('../../../build.mjs', import.meta.url).href)) as {
      buildWidget(outdir: string): Promise<string>;
    };
    await buildWidget(files);
    const server = await FakeServer.start(files);
    return new Stage(server, await serveHostPage(server.url), await launchBrowser(), files);
  }

  /** Empty again, as if nobody had ever come. */
  async clear(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    this.server.dropLines();
    this.server.reset();
  }

  async strike(): Promise<void> {
    await this.clear();
    await this.browser.close();
    await Promise.all([this.server.stop(), this.host.stop()]);
    await rm(this.files, { recursive: true, force: true });
  }

  /** Somebody with a browser of his own, on the host page. */
  async visitor(options: BrowserContextOptions & { wishes?: Record<string, string> } = {}): Promise<Visitor> {
    const { wishes = {}, ...rest } = options;
    const context = await this.browser.newContext({
      viewport: { width: 1100, height: 820 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
      ...rest,
    });
    this.contexts.push(context);
    return new Visitor(await context.newPage(), `${this.host.url}/?${new URLSearchParams(wishes)}`).arrive();
  }
}

/** What a person sees and does in one tab. */
export class Visitor {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async arrive(): Promise<this> {
    await this.page.goto(this.url);
    return this;
  }

  async anotherTab(): Promise<Visitor> {
    return new Visitor(await this.page.context().newPage(), this.url).arrive();
  }

  at(selector: string) {
    return this.page.locator(`baton-chat ${selector}`);
  }

  async open(): Promise<this> {
    await this.at('.launcher').click();
    await this.at('.window').waitFor();
    await this.at('.skeleton').waitFor({ state: 'hidden' });
    return this;
  }

  async write(text: string): Promise<void> {
    await this.at('textarea').fill(text);
    await this.at('textarea').press('Enter');
  }

  /** The bubbles from top to bottom. */
  messages(): Promise<string[]> {
    return this.at('.message .bubble').allInnerTexts();
  }

  async sees(...messages: string[]): Promise<void> {
    await eventually(
      async () => {
        const seen = await this.messages();
        if (JSON.stringify(seen) !== JSON.stringify(messages)) throw new Error(`sees ${JSON.stringify(seen)}`);
        return true;
      },
      { within: 10_000, every: 30, what: `the visitor sees ${JSON.stringify(messages)}` },
    );
  }

  /** What the host page noted. */
  noted<T>(name: 'violations' | 'chimes' | 'events'): Promise<T> {
    return this.page.evaluate((key) => (window as unknown as Record<string, unknown>)[key], name) as Promise<T>;
  }

  call(...args: unknown[]): Promise<unknown> {
    return this.page.evaluate((given) => (window as unknown as { $baton(...all: unknown[]): unknown }).$baton(...given), args);
  }
}
