import type { SettingsView } from '@baton/settings';
import { refusal } from '../http/refusal.js';
import type { Refusal, RefusalCode } from '../http/refusal.js';

/**
 * Not known is an answer only if we know all there is: else it may be known tomorrow, or its newest settings could not be read.
 * @param code what is said when we are sure
 */
export function notKnown(
  settings: Pick<SettingsView, 'isFresh' | 'isDoubtful'>,
  settingId: string,
  code: RefusalCode,
  now: number,
): Refusal {
  const sure = settings.isFresh(new Date(now)) && !settings.isDoubtful(settingId);
  return refusal(sure ? code : 'settings.not-current');
}
