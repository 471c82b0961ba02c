import type { KnowledgeScope } from '@baton/knowledge';
import type { Logger } from '@baton/telemetry';

export interface FitSoonParts {
  readonly fit: (scope: KnowledgeScope, signal: AbortSignal) => Promise<unknown>;
  readonly log: Pick<Logger, 'warn'>;
  /** So long nothing more must change (ms). Default 2 s: sources often come several at a time. */
  readonly quietMs?: number;
}

/** Fits the search of a bot to its own questions and answers when those changed; one bot at a time, each when its changes have ended. */
export class FitSoon {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly stopping = new AbortController();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: FitSoonParts) {}

  /** Something that the bot knows has changed. */
  changed(scope: KnowledgeScope): void {
    if (this.stopping.signal.aborted) return;
    const name = JSON.stringify([scope.workspaceId, scope.botId]);
    clearTimeout(this.timers.get(name));
    const fit = (): void => {
      this.timers.delete(name);
      this.last = this.last.then(() => this.fit(scope));
    };
    this.timers.set(name, setTimeout(fit, this.parts.quietMs ?? 2_000));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers.values()) clearTimeout(timer);
    await this.last;
  }

  /** Never throws: without it the careful defaults hold, or what was fitted before. */
  private async fit({ workspaceId, botId }: KnowledgeScope): Promise<void> {
    if (this.stopping.signal.aborted) return;
    try {
      await this.parts.fit({ workspaceId, botId }, this.stopping.signal);
    } catch (error) {
      if (!this.stopping.signal.aborted)
        this.parts.log.warn({ err: error, botId }, 'the search of a bot could not be fitted to its knowledge');
    }
  }
}
