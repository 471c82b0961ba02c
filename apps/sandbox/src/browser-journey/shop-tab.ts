import type { Locator, Page } from 'playwright-core';
import { soundsIn } from './watched-browser.js';

/** The demo shop with its chat, as the visitor sees and uses it. */
export class ShopTab {
  constructor(readonly page: Page) {}

  at(selector: string): Locator {
    return this.page.locator(`baton-chat ${selector}`);
  }

  async openChat(): Promise<void> {
    await this.at('.launcher').click();
    await this.at('textarea').waitFor();
  }

  async say(text: string): Promise<void> {
    await this.at('textarea').fill(text);
    await this.at('textarea').press('Enter');
  }

  async tap(choice: string): Promise<void> {
    await this.at('.reply:enabled').getByText(choice).click();
  }

  /** Waits until somebody of that kind has said something with these words. */
  async hears(kind: 'bot' | 'agent', words: string): Promise<void> {
    await this.at(`.message.${kind} .bubble`).getByText(words).last().waitFor();
  }

  /** Waits for a line that nobody says, such as "Mia joined". */
  async reads(line: string): Promise<void> {
    await this.at('.notice').getByText(line).last().waitFor();
  }

  /** How often something stands in the chat. */
  count(words: string): Promise<number> {
    return this.at('.rows').getByText(words).count();
  }

  /** Everything that stands in the chat, from top to bottom. */
  async everything(): Promise<string> {
    return this.at('.rows').innerText();
  }

  sounds(): Promise<number> {
    return soundsIn(this.page);
  }
}
