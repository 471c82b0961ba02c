import type { HookPost } from '../hooks/hook-post.js';
import { HUMAN_WINDOW_MS, type Person, type StoredMessage, WINDOW_MS } from '../model.js';
import type { Page, World } from '../world.js';

/** How the control API shows things: with what Meta would hide. */

export function stateView(world: World, hooks: HookPost): Record<string, unknown> {
  const people = world.allPeople();
  return {
    apps: [...world.apps.values()].map(({ app_id, hook_url }) => ({ app_id, hook_url: hook_url ?? null })),
    pages: [...world.pages.values()].map(pageView),
    people: people.length,
    messages: people.reduce((sum, person) => sum + person.messages.length, 0),
    calls: world.calls,
    hooks: hooks.counts,
    alerts: world.alerts,
    faults: world.faults,
  };
}

export function pageView(page: Page): Record<string, unknown> {
  const { page_id, name, app_id, human_agent, require_proof, messaging_type_required, persona_picture_required } = page.setup;
  return {
    page_id,
    name,
    app_id,
    human_agent,
    require_proof,
    messaging_type_required,
    persona_picture_required,
    token_dead: page.token_dead,
    personas_refused: page.personas_refused,
    personas: [...page.personas.values()],
    subscribed: page.subscribed,
    subscribed_fields: [...page.fields],
    failing_since: page.failing_since ?? null,
  };
}

/** A line of the list. */
export function personView(world: World, person: Person): Record<string, unknown> {
  const last = person.messages.at(-1);
  const { typing } = person;
  return {
    page_id: person.page_id,
    psid: person.psid,
    first_name: person.first_name,
    last_name: person.last_name,
    name: [person.first_name, person.last_name].filter(Boolean).join(' '),
    profile_pic: person.profile_pic ?? null,
    blocked: person.blocked,
    online: person.online,
    reads_at_once: person.reads_at_once,
    profile: person.profile,
    owner: person.owner,
    acts_age_ms: person.acts_age_ms,
    window: windowOf(world, person),
    unread: person.messages.filter((message) => message.from === 'page' && !message.seen_at).length,
    excerpt: last ? excerptOf(last) : '',
    excerpt_from: last?.from ?? null,
    updated_at: last?.stored_at ?? person.created_at,
    page_saw_at: person.page_saw_at ?? null,
    typing: typing && typing.until > world.now() ? { until: typing.until, persona: typing.persona ?? null } : null,
  };
}

/** Until when the page may write: everybody of it, and a human with the tag. */
function windowOf(world: World, person: Person): Record<string, unknown> {
  const { last_action_at: at } = person;
  if (at === undefined) return { last_action_at: null, open_until: null, human_until: null, state: 'never' };
  const now = world.now();
  const state = now - at <= WINDOW_MS ? 'open' : now - at <= HUMAN_WINDOW_MS ? 'human' : 'closed';
  return { last_action_at: at, open_until: at + WINDOW_MS, human_until: at + HUMAN_WINDOW_MS, state };
}

export function messageView(message: StoredMessage): Record<string, unknown> {
  return { ...message };
}

/** A whole thread; messages in the order in which the simulator got them. */
export function transcriptView(world: World, person: Person): Record<string, unknown> {
  return { ...personView(world, person), gaps: person.gaps, messages: person.messages.map(messageView) };
}

export function excerptOf({ text, attachments }: StoredMessage): string {
  return text?.slice(0, 120) ?? (attachments?.[0] ? `[${attachments[0].type}]` : '');
}
