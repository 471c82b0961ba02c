import type { Locator, Page } from 'playwright-core';

/** The simulated Crisp's inbox, as the agent sees and uses it. */
export class InboxTab {
  constructor(readonly page: Page) {}

  async openFirst(): Promise<void> {
    await this.page.locator('#conversations button').first().click();
    await this.page.locator('#thread .composer').waitFor();
  }

  async answer(text: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Reply' }).click();
    await this.write(text);
  }

  async note(text: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Private note' }).click();
    await this.write(text);
  }

  /** Waits for a message with these words. */
  message(words: string): Locator {
    return this.page.locator('#thread .message', { hasText: words });
  }

  async edit(words: string, wanted: string): Promise<void> {
    await this.message(words).hover();
    await this.message(words).getByRole('button', { name: 'Edit' }).click();
    await this.page.getByLabel('Edit the message').fill(wanted);
    await this.page.getByLabel('Edit the message').press('Enter');
    await this.message(wanted).waitFor();
  }

  async resolve(): Promise<void> {
    await this.page.locator('#thread').getByRole('button', { name: 'Resolve' }).click();
    await this.page.locator('#thread').getByRole('button', { name: 'Reopen' }).waitFor();
  }

  async goAway(): Promise<void> {
    await this.page.getByRole('switch').click();
    await this.page.getByText('Everybody is away').waitFor();
  }

  /** The link to the whole conversation, from the first message. */
  async historyLink(): Promise<string> {
    return (await this.page.locator('#thread .log a').first().getAttribute('href')) ?? '';
  }

  private async write(text: string): Promise<void> {
    const area = this.page.locator('#thread .composer textarea');
    await area.fill(text);
    await area.press('Enter');
    await this.message(text).waitFor();
  }
}
