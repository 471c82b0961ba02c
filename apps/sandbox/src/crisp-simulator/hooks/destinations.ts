import type { SimulatedEvent } from '../model.js';
import type { World } from '../world.js';

/** Where the hooks of an event go: the workspace's own URL (unsigned) and every plugin installed there (signed). */
export interface Destination {
  readonly kind: 'website' | 'plugin';
  readonly url: string;
  /** The header `X-Crisp-Hook-Origin`. */
  readonly origin: string;
  readonly secret?: string;
}

/** Website hooks tell less: no typing, no opening and closing, no routing, no initiation. */
const PLUGIN_ONLY = new Set([
  'message:compose:send',
  'message:compose:receive',
  'session:set_opened',
  'session:set_closed',
  'session:set_routing',
  'session:request:initiated',
]);

export function destinationsOf(world: World, event: SimulatedEvent): Destination[] {
  const found: Destination[] = [];
  const website = world.websites.get(event.website_id);
  if (website?.setup.hook_url && !PLUGIN_ONLY.has(event.event)) {
    found.push({ kind: 'website', url: website.setup.hook_url, origin: `website/rtm ${event.website_id} production` });
  }
  for (const plugin of world.plugins.values()) {
    if (!plugin.hook_url || !plugin.websites.includes(event.website_id)) continue;
    found.push({
      kind: 'plugin',
      url: plugin.hook_url,
      origin: `plugin/rtm ${plugin.plugin_id} production`,
      secret: plugin.signing_secret,
    });
  }
  return found;
}

/** The same address with a secret that is not the right one. */
export function withWrongKey(url: string): string {
  const wrong = new URL(url);
  if (wrong.searchParams.has('key')) wrong.searchParams.set('key', 'not-the-key');
  return wrong.toString();
}
