import { eventually } from '@baton/testing';
import { notesOf, type CrispTranscript } from '../crisp-control.js';
import type { Levers, Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { ScriptedBot } from './scripted-bot.js';
import type { WaitingBot } from './waiting-bots.js';

/** Who plays in a step: a bot by script, its website, and what one looks for there. */
export class Cast {
  constructor(
    readonly stage: Stage,
    readonly levers: Levers,
    readonly of: WaitingBot,
    readonly bot: ScriptedBot,
  ) {}

  get clock(): Levers['clock'] {
    return this.levers.clock;
  }

  /** A visitor whom the bot has answered once. @param known what the bot knows of him */
  async visitor({ locale = 'en', email }: { locale?: string; email?: string } = {}): Promise<{ visitor: Visitor; name: string }> {
    const visitor = await this.stage.visitor(this.of.botId, locale);
    const name = this.stage.aName();
    await visitor.send('Hello');
    await visitor.sees((one) => one.text === 'Bot: Hello', 'the bot answering');
    await this.bot.says(visitor.conversationId, { user_data: { name, ...(email ? { email } : {}) } });
    return { visitor, name };
  }

  /** One who waits for a human. */
  async waiting(
    options: { locale?: string; email?: string; ask?: string } = {},
  ): Promise<{ visitor: Visitor; name: string; inbox: CrispTranscript }> {
    const { visitor, name } = await this.visitor(options);
    const since = Date.now() - 1_000;
    await visitor.send(options.ask ?? 'help');
    await visitor.floorIs('waiting');
    return { visitor, name, inbox: await this.stage.inbox(this.of.websiteId, name, since) };
  }

  /** One who talks with an agent. */
  async talking(
    options: { locale?: string; email?: string; ask?: string } = {},
  ): Promise<{ visitor: Visitor; name: string; inbox: CrispTranscript }> {
    const cast = await this.waiting(options);
    await this.stage.crisp.write(cast.inbox.session_id, 'Ines here', this.of.agent);
    await cast.visitor.sees((one) => one.text === 'Ines here', "the agent's first words");
    await cast.visitor.floorIs('agent');
    return cast;
  }

  /** Waits for a private note that fits. */
  async note(session: string, fits: RegExp, what: string, after = 0): Promise<string> {
    const noted = await this.stage.crisp.shows(
      session,
      (shown) =>
        notesOf(shown)
          .slice(after)
          .some((text) => fits.test(text)),
      what,
    );
    return notesOf(noted)
      .slice(after)
      .find((text) => fits.test(text))!;
  }

  /** What the bot's key opens at the orchestrator. */
  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.stage.place.orchestrators[0]!}${path}`, {
      headers: { authorization: `Bearer ${this.of.apiKey}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** As {@link get}, again and again until it fits. */
  becomes<T>(path: string, fits: (answer: T) => boolean, what: string): Promise<T> {
    return eventually(
      async () => {
        const answer = await this.get<T>(path);
        return fits(answer) && answer;
      },
      { within: 15_000, every: 200, what },
    ) as Promise<T>;
  }
}
