import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { derivedId } from '@baton/contracts';
import type { SettingsStore } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { PolicyOf } from '../floor-policies.js';
import type { Judge } from '../judge/judge.js';

export interface TellStoppedOptions {
  readonly dataSource: DataSource;
  readonly judge: Pick<Judge, 'judge'>;
  readonly settings: Pick<SettingsStore, 'bots' | 'caughtUp' | 'onChange'>;
  readonly policyOf: PolicyOf;
  readonly log: Logger;
  /** ms */
  readonly now: () => number;
}

/** Looked once more after so long (ms): a replica that heard of the switch last may have given the bot a turn meanwhile. */
const AGAIN_AFTER = 6_000;
/** Turns that the bot may still be about to answer. */
const ANSWERS_WITHIN = '60 seconds';
const AT_ONCE = 100;

interface Asked {
  readonly id: string;
  readonly bot_id: string;
}

/** When somebody switches off everything automatic, calls a human for those whom the bot was about to answer. */
export class TellStopped {
  private readonly stopping = new AbortController();
  private unsubscribe: () => void = () => undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly o: TellStoppedOptions) {}

  start(): void {
    this.unsubscribe = this.o.settings.onChange((settingId) => {
      if (!settingId.startsWith('kill-switch:') || !this.o.settings.caughtUp) return;
      const at = this.o.now();
      this.working = this.working.then(() => this.tellTwice(`${settingId}:${at}`));
    });
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.stopping.abort();
    await this.working;
  }

  private async tellTwice(name: string): Promise<void> {
    const { log } = this.o;
    for (const round of [1, 2]) {
      try {
        await this.tell(`${name}:${round}`);
        if (round === 1) await pause(AGAIN_AFTER, undefined, { signal: this.stopping.signal });
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'who waits for a bot that was stopped could not be told');
      }
    }
  }

  /** @param name of this look; a conversation is judged once for it */
  async tell(name: string): Promise<void> {
    const { dataSource, judge, settings, policyOf } = this.o;
    const waiting: Asked[] = await dataSource.query(
      `SELECT id, bot_id FROM conversations
       WHERE floor = 'bot' AND bot_id = ANY($1) AND updated_at > now() - interval '${ANSWERS_WITHIN}'
         AND jsonb_array_length(coalesce(state -> 'unanswered', '[]')) + jsonb_array_length(coalesce(state -> 'held', '[]')) > 0`,
      [settings.bots().map(({ botId }) => botId)],
    );
    const stopped = waiting.filter(({ id, bot_id }) => policyOf(bot_id, id)?.stopped);
    for (let first = 0; first < stopped.length; first += AT_ONCE) {
      await judge.judge(
        stopped.slice(first, first + AT_ONCE).map(({ id }) => ({
          conversationId: id,
          inboxId: null, // whom a human is called for already is not called one again
          matter: { about: 'fact', fact: { id: derivedId('bot-stopped', id, name), kind: 'bot-stopped' } },
        })),
      );
    }
  }
}
