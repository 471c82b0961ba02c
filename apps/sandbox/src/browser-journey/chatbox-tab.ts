import type { Locator, Page } from 'playwright-core';

/** The simulated Crisp's chat box, as the visitor sees and uses it. */
export class ChatboxTab {
  constructor(readonly page: Page) {}

  /** With the keyboard alone. */
  async say(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your message' }).focus();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
    await this.message('You').getByText(text).last().waitFor();
  }

  /** Messages of whoever is named so to screen readers. */
  message(speaker: string): Locator {
    return this.page.getByRole('log').getByRole('article', { name: speaker, exact: true });
  }

  /** Waits until screen readers were told these words. */
  async isTold(words: string): Promise<void> {
    await this.page.locator('[aria-live="polite"]').getByText(words).waitFor({ state: 'attached' });
  }
}
