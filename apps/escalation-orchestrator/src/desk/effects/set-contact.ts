import { CrispError, plainSegment } from '@baton/crisp';
import type { CrispMetaChange } from '@baton/crisp';
import { flattenUserData } from '@baton/contracts';
import type { EffectKind } from '@baton/effects';
import type { DeskTask } from '../../judge/desk-plan.js';
import { inSession, judgeEnd, taskOf } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** Who the visitor is and what it is about; before the first message, so that Crisp can go on by e-mail. Safe to repeat. */
export function contactKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'set-contact'>(effect);
      return inSession(parts, task, async (client, at) => {
        const change = metaOf(task);
        try {
          await client.updateMeta(at, change, { signal });
        } catch (error) {
          if (!(error instanceof CrispError) || error.code !== 'crisp.refused') throw error;
          // Crisp is stricter than we are about an address or a number: better no address than no handover.
          const { email: _email, phone: _phone, ...rest } = change;
          await client.updateMeta(at, rest, { signal });
        }
        return { done: null };
      });
    },
    findOut: async () => 'did-not-happen',
    settled: async (manager, effect, end) => {
      const { handoverId, deadline } = taskOf<'set-contact'>(effect);
      // A contact that Crisp does not take at all stands in nobody's way; a session that is not there does.
      if ('done' in end || deadline === null || end.refused === 'crisp.refused') return;
      return judgeEnd(parts, manager, effect, { kind: 'opening-failed', handoverId, code: end.refused });
    },
  };
}

/** What Crisp is told; the category becomes a segment beside those that agents have set. */
export function metaOf(
  task: Pick<DeskTask<'set-contact'>, 'userData' | 'category' | 'locale' | 'conversationId' | 'botId' | 'handoverId'>,
): CrispMetaChange {
  const { data, ...fields } = flattenUserData(task.userData);
  const segment = plainSegment(task.category ?? '');
  return {
    ...fields,
    ...(segment ? { segments: [segment] } : {}),
    data: { ...data, baton_bot: task.botId, baton_conversation: task.conversationId, baton_handover: task.handoverId },
    ...(task.locale ? { device: { locales: [task.locale] } } : {}),
  };
}
