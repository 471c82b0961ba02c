import { OUR_PROPERTY } from '@baton/crisp';
import type { EffectKind, EffectOutcome } from '@baton/effects';
import { markOf, ORIGIN } from '../who-may-be-answered.js';
import { lookFor } from './inbox-parts.js';
import type { InboxParts } from './inbox-parts.js';
import { outcomeOf } from './outcome-of.js';
import { noteTaskOf } from './tasks.js';

/** Tells agents something in a private note; where the plan of the website has none, there is none. */
export function noteKind(parts: Pick<InboxParts, 'connections' | 'settings' | 'maySpeak'>): EffectKind {
  return {
    perform: async (effect, signal) => {
      const { websiteId, sessionId, botId, text, fingerprint, about, calls } = noteTaskOf(effect);
      const speech = parts.maySpeak.of(botId, websiteId, sessionId);
      const bot = parts.settings.bot(botId);
      const connection = parts.connections.of(websiteId, botId);
      if (!speech.speak) return { refused: speech.why };
      if (!connection || !bot) return { refused: 'disconnected' };
      const at = { websiteId, sessionId };
      const nickname = bot.assistant.persona.name ?? bot.name;
      const marks = { origin: ORIGIN, fingerprint, automated: true, properties: { [OUR_PROPERTY]: markOf(about) } };
      const note = { type: 'note', from: 'operator', content: text, user: { nickname }, ...marks } as const;
      const outcome: EffectOutcome = await connection.client.sendMessage(at, note, { signal }).then(() => ({ done: null }), outcomeOf);
      // Among those in work agents see it, with the note or where there are none; that they do not is no reason to write it twice.
      if (calls && !('retry' in outcome))
        await connection.client.setState(at, { state: 'unresolved', origin: ORIGIN }, { signal }).catch(() => undefined);
      return outcome;
    },
    findOut: (effect, signal) => lookFor(parts, noteTaskOf(effect), effect, signal),
  };
}
