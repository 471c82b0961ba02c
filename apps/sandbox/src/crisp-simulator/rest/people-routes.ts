import { z } from 'zod';
import { addProfile, findProfile, removeProfile, updateProfile } from '../acts/people.js';
import type { Profile } from '../model.js';
import { added, type Answer, deleted, dispatched, invalidData, listed, notFound, resolved, updated } from './answer.js';
import { PeopleDataSchema, ProfileSchema } from './bodies.js';
import type { Call, Route } from './route.js';
import { profileView } from './views.js';

const PROFILES = 'website:people:profiles';
const DATA = 'website:people:data';
const people = '/website/:website/people';
const A_PAGE = 20;

const edit = (method: 'PUT' | 'PATCH', how: 'overwrite' | 'merge'): Route => ({
  method,
  path: `${people}/profile/:person`,
  scope: PROFILES,
  access: 'write',
  handle: (call) => {
    const profile = profileOf(call);
    updateProfile(call.world, call.website, profile, call.body(ProfileSchema), how);
    return updated();
  },
});

const editData = (method: 'PUT' | 'PATCH', how: 'overwrite' | 'merge'): Route => ({
  method,
  path: `${people}/data/:person`,
  scope: DATA,
  access: 'write',
  handle: (call) => {
    const profile = profileOf(call);
    const { data } = call.body(PeopleDataSchema);
    profile.data = how === 'merge' ? { ...profile.data, ...data } : data;
    return updated();
  },
});

export const peopleRoutes: Route[] = [
  { method: 'GET', path: `${people}/profiles/:page`, scope: PROFILES, handle: listProfiles },
  {
    method: 'POST',
    path: `${people}/profile`,
    scope: PROFILES,
    access: 'write',
    handle: (call) => added({ people_id: addProfile(call.world, call.website, call.body(ProfileSchema)).people_id }),
  },
  { method: 'GET', path: `${people}/profile/:person`, scope: PROFILES, handle: (call) => resolved(profileView(profileOf(call))) },
  edit('PUT', 'overwrite'),
  edit('PATCH', 'merge'),
  {
    method: 'DELETE',
    path: `${people}/profile/:person`,
    scope: PROFILES,
    access: 'write',
    handle: (call) => {
      removeProfile(call.world, call.website, profileOf(call));
      return deleted();
    },
  },
  { method: 'GET', path: `${people}/data/:person`, scope: DATA, handle: (call) => resolved({ data: profileOf(call).data }) },
  editData('PUT', 'overwrite'),
  editData('PATCH', 'merge'),
  {
    method: 'GET',
    path: `${people}/conversations/:person/list/:page`,
    scope: PROFILES,
    handle: (call) => {
      const { people_id } = profileOf(call);
      const ids = [...call.website.conversations.values()].filter((one) => one.people_id === people_id).map((one) => one.session_id);
      return listed(call.page > 1 ? [] : ids, false);
    },
  },
  {
    method: 'POST',
    path: `${people}/events/:person`,
    scope: PROFILES,
    access: 'write',
    handle: (call) => dispatched(profileOf(call) && {}),
  },
  { method: 'GET', path: `${people}/events/:person/list/:page`, scope: PROFILES, handle: (call) => listed(profileOf(call) && [], false) },
  {
    method: 'GET',
    path: `${people}/subscription/:person`,
    scope: PROFILES,
    handle: (call) => resolved({ email: profileOf(call).email !== undefined }),
  },
  {
    method: 'PATCH',
    path: `${people}/subscription/:person`,
    scope: PROFILES,
    access: 'write',
    handle: (call) => updated(profileOf(call) && {}),
  },
];

function profileOf(call: Call): Profile {
  const profile = findProfile(call.website, call.param('person'));
  if (!profile) throw notFound('people');
  return profile;
}

const FiltersSchema = z.array(z.object({ criterion: z.string(), operator: z.literal('eq'), query: z.array(z.string()) }));

function listProfiles(call: Call): Answer {
  const text = call.query['search_text']?.toLowerCase();
  const filters = filtersOf(call.query['search_filter']);
  const matching = [...call.website.profiles.values()].filter((profile) => {
    if (text && !JSON.stringify([profile.email, profile.person]).toLowerCase().includes(text)) return false;
    return filters.every(({ criterion, query }) =>
      query.includes(String(criterion === 'email' ? profile.email : profile.person[criterion])),
    );
  });
  const from = (call.page - 1) * A_PAGE;
  return listed(matching.slice(from, from + A_PAGE).map(profileView), matching.length > from + A_PAGE);
}

function filtersOf(given: string | undefined): z.output<typeof FiltersSchema> {
  if (!given) return [];
  try {
    return FiltersSchema.parse(JSON.parse(given));
  } catch {
    throw invalidData('search_filter should be a JSON list of filters with the operator eq');
  }
}
