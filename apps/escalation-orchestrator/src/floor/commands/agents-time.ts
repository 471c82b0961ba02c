import { whenInWords } from '@baton/contracts';
import type { Ruling } from '../ruling.js';

/** A moment (ms) as agents read it: by the clock of the opening hours, else UTC. */
export function agentsTime({ now, policy }: Pick<Ruling, 'now' | 'policy'>, at: number): string {
  return whenInWords(at, now, { language: 'en', timeZone: policy.handover.hours?.timeZone });
}
