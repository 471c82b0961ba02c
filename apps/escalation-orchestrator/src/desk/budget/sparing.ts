import type { EffectKind } from '@baton/effects';
import type { DeskTask } from '../../judge/desk-plan.js';
import type { DeskParts } from '../effects/desk-parts.js';
import type { Purpose, WhyNot } from './what-may-be-spent.js';

const REFUSED: Readonly<Record<WhyNot, string>> = { quota: 'desk.quota-near', 'crisp-refuses': 'desk.crisp-refuses' };

/**
 * A kind of work that can be missed: it is left out when the day's calls are needed for what matters more. Only what agents act on, and
 * marks that keep Crisp from mailing a copy, are done as if they were words.
 */
export function sparing(parts: DeskParts, purpose: Purpose, kind: EffectKind): EffectKind {
  return {
    ...kind,
    perform: async (effect, signal) => {
      const task = effect.payload as unknown as DeskTask & { readonly mustArrive?: true };
      const whyNot = task.mustArrive ? undefined : parts.spending.whyNot(purpose, task);
      if (whyNot !== undefined) {
        if (purpose === 'marks') parts.spending.leftOut(whyNot);
        return { refused: REFUSED[whyNot] };
      }
      const outcome = await kind.perform(effect, signal);
      // Signs are the least: that there are too many of them must not open the breaker, behind which words would wait.
      const isTooMuch = purpose === 'marks' && 'retry' in outcome && outcome.retry.reason === 'crisp.rate-limited';
      return isTooMuch ? { refused: REFUSED['crisp-refuses'] } : outcome;
    },
  };
}
