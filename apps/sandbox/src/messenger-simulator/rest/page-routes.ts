import { moveThread } from '../acts/page-acts.js';
import type { Person, Persona } from '../model.js';
import { ALL_FIELDS } from '../world.js';
import { fetchMedia } from './fetch-media.js';
import { isFields } from './check-send.js';
import { badParameter, GraphError, unknownObject, unknownPerson } from './graph-error.js';
import type { Call, Route } from './route.js';

const PERSONAS_A_PAGE = 25;
const PERSONA_NAME_LENGTH = 50;
const PROFILE_FIELDS = ['first_name', 'last_name', 'name', 'profile_pic', 'locale'] as const;
const OWNER_HOLDS_MS = 86_400_000;

export const pageRoutes: Route[] = [
  { method: 'POST', path: '/personas', ofPage: true, handle: createPersona },
  { method: 'GET', path: '/personas', ofPage: true, handle: listPersonas },
  { method: 'GET', path: '', ofPage: false, handle: readNode },
  {
    method: 'DELETE',
    path: '',
    ofPage: false,
    handle: ({ page, node }) => {
      if (!page.personas.delete(node)) throw unknownObject(node);
      return { success: true };
    },
  },
  {
    method: 'GET',
    path: '/subscribed_apps',
    ofPage: true,
    handle: ({ page }) => ({ data: page.subscribed ? [{ id: page.setup.app_id, subscribed_fields: [...page.fields] }] : [] }),
  },
  {
    method: 'POST',
    path: '/subscribed_apps',
    ofPage: true,
    handle: ({ page, query, body }) => {
      const given = body['subscribed_fields'] ?? query['subscribed_fields'] ?? '';
      const fields = (Array.isArray(given) ? (given as unknown[]).map(String) : String(given).split(','))
        .map((field) => field.trim())
        .filter(Boolean);
      if (fields.length === 0) throw badParameter('subscribed_fields is required');
      const unknown = fields.find((field) => !ALL_FIELDS.includes(field) && field !== 'messaging_policy_enforcement');
      if (unknown) throw badParameter(`subscribed_fields has an unknown one: ${unknown}`);
      page.fields = new Set(fields);
      page.subscribed = true;
      delete page.failing_since;
      return { success: true };
    },
  },
  {
    method: 'DELETE',
    path: '/subscribed_apps',
    ofPage: true,
    handle: ({ page }) => {
      page.subscribed = false;
      return { success: true };
    },
  },
  {
    method: 'GET',
    path: '/thread_owner',
    ofPage: true,
    handle: (call) => {
      const { owner, last_action_at } = personOf(call, call.query['recipient']);
      if (owner === null) return { data: [] };
      const expiration = Math.floor(((last_action_at ?? call.world.now()) + OWNER_HOLDS_MS) / 1_000);
      return { data: [{ thread_owner: { app_id: owner, expiration } }] };
    },
  },
  threadVerb('pass', (call, person) => {
    const target = call.body['target_app_id'];
    if (target === undefined) throw new GraphError(100, 'target_app_id is required', 2018164);
    requireThread(call, person);
    moveThread(call.world, person, String(target), 'pass', metadataOf(call));
  }),
  threadVerb('take', (call, person) => {
    if (person.owner !== null) moveThread(call.world, person, call.page.setup.app_id, 'take', metadataOf(call));
  }),
  threadVerb('release', (call, person) => {
    requireThread(call, person);
    if (person.owner !== null) moveThread(call.world, person, null, 'pass', metadataOf(call));
  }),
  threadVerb('request', () => undefined),
  threadVerb('extend', (call, person) => requireThread(call, person)),
];

function threadVerb(verb: string, act: (call: Call, person: Person) => void): Route {
  return {
    method: 'POST',
    path: `/${verb}_thread_control`,
    ofPage: true,
    handle: (call) => {
      const { recipient } = call.body;
      act(call, personOf(call, isFields(recipient) ? recipient['id'] : undefined));
      return { success: true };
    },
  };
}

function requireThread({ page }: Call, person: Person): void {
  if (person.owner !== null && person.owner !== page.setup.app_id)
    throw new GraphError(10, 'Another app is controlling this thread now.', 2018300);
}

const metadataOf = ({ body }: Call): string => (typeof body['metadata'] === 'string' ? body['metadata'] : '');

function personOf({ page }: Call, id: unknown): Person {
  const person = page.people.get(String(id));
  if (!person) throw unknownPerson();
  return person;
}

async function createPersona({ world, page, body, query }: Call): Promise<unknown> {
  const name = body['name'] ?? query['name'];
  const picture = body['profile_picture_url'] ?? query['profile_picture_url'];
  if (page.personas_refused) throw new GraphError(200, 'This page may not create personas.');
  if (typeof name !== 'string' || name.trim() === '' || name.length > PERSONA_NAME_LENGTH) {
    throw badParameter(`name must have 1 to ${PERSONA_NAME_LENGTH} characters`);
  }
  if (picture === undefined && page.setup.persona_picture_required) throw badParameter('profile_picture_url is required');
  const kept = picture === undefined ? undefined : await fetchMedia(world, 'image', picture);
  const persona: Persona = { id: world.newId(), name, ...(kept ? { profile_picture_url: kept } : {}) };
  page.personas.set(persona.id, persona);
  return { id: persona.id };
}

function listPersonas({ page, query }: Call): unknown {
  const all = [...page.personas.values()];
  const limit = Math.min(Number(query['limit']) || PERSONAS_A_PAGE, 100);
  const from = query['after'] ? all.findIndex(({ id }) => cursor(id) === query['after']) + 1 : 0;
  const data = all.slice(from, from + limit);
  if (data.length === 0) return { data: [] };
  const cursors = { before: cursor(data[0]!.id), after: cursor(data.at(-1)!.id) };
  return { data, paging: { cursors, ...(from + limit < all.length ? { next: `?after=${cursors.after}` } : {}) } };
}

const cursor = (id: string): string => Buffer.from(id).toString('base64url');

/** A person's profile, a persona, or the page. */
function readNode({ world, page, node, query }: Call): unknown {
  const persona = page.personas.get(node);
  if (persona) return persona;
  if (node === 'me' || node === page.setup.page_id) return { id: page.setup.page_id, name: page.setup.name };
  const person = page.people.get(node);
  if (!person) throw world.person(node) ? new GraphError(100, 'No profile available for this user.', 2018218) : unknownObject(node);
  if (person.profile === 'refused') throw new GraphError(100, 'No profile available for this user.', 2018218);
  if (person.profile === 'empty') return {};
  const all: Record<string, unknown> = {
    first_name: person.first_name,
    last_name: person.last_name,
    name: [person.first_name, person.last_name].filter(Boolean).join(' '),
    ...(person.profile_pic ? { profile_pic: person.profile_pic } : {}),
    locale: person.locale,
  };
  const wanted = query['fields']?.split(',').map((field) => field.trim()) ?? PROFILE_FIELDS.slice(0, 2);
  return { ...Object.fromEntries(wanted.filter((field) => field in all).map((field) => [field, all[field]])), id: person.psid };
}
