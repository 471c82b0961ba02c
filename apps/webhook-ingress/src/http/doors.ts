import { addressRate, PROBE_DOORS } from '@baton/telemetry';
import type { Door, HouseRules } from '@baton/telemetry';
import { PLUGIN_HOOK_PATH, WEBSITE_HOOK_PATH } from '../crisp/crisp-routes.js';
import { MESSENGER_HOOK_PATH } from '../messenger/messenger-routes.js';
import { MAX_MESSENGER_BODY_BYTES } from '../messenger/messenger-routes.js';
import { MAX_BODY_BYTES } from './http-server.js';

export const houseRules = (requestsPerAddress: number): HouseRules => ({ perAddress: addressRate(requestsPerAddress) });

const HOOKS = 'hooks a second as the bot’s or plugin’s settings say (429 `bot.over-rate`); repeats of one address 50/s, 500 at once';
const REFUSED = 'after 200 refusals of one address, 20/s, its bodies over 64 KiB are not read (429 `address.over-rate`)';
const ALSO = `${HOOKS}; ${REFUSED}`;

/** Every door of the ingress. */
export const DOORS: readonly Door[] = [
  { method: 'any', path: WEBSITE_HOOK_PATH, who: 'signed', bodyBytes: MAX_BODY_BYTES, also: ALSO },
  { method: 'any', path: PLUGIN_HOOK_PATH, who: 'signed', bodyBytes: MAX_BODY_BYTES, also: ALSO },
  { method: 'any', path: MESSENGER_HOOK_PATH, who: 'signed', bodyBytes: MAX_MESSENGER_BODY_BYTES, also: ALSO },
  ...PROBE_DOORS,
];
