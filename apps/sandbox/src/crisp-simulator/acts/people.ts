import { randomUUID } from 'node:crypto';
import type { Profile } from '../model.js';
import type { Website, World } from '../world.js';

/** The contacts of a workspace. */

export interface ProfileCard {
  email?: string | undefined;
  person?: Record<string, unknown> | undefined;
  company?: Record<string, unknown> | undefined;
  segments?: string[] | undefined;
  notepad?: string | undefined;
}

/** Finds by people id or e-mail. */
export function findProfile(website: Website, idOrEmail: string): Profile | undefined {
  const byId = website.profiles.get(idOrEmail);
  if (byId || !idOrEmail.includes('@')) return byId;
  for (const profile of website.profiles.values()) if (profile.email === idOrEmail) return profile;
  return undefined;
}

export function addProfile(world: World, website: Website, card: ProfileCard): Profile {
  const now = world.now();
  const profile: Profile = {
    people_id: randomUUID(),
    person: card.person ?? {},
    segments: card.segments ?? [],
    data: {},
    created_at: now,
    updated_at: now,
  };
  copyCard(profile, card);
  website.profiles.set(profile.people_id, profile);
  tell(world, website, 'people:profile:created', profile);
  return profile;
}

export function updateProfile(world: World, website: Website, profile: Profile, card: ProfileCard, how: 'overwrite' | 'merge'): void {
  if (how === 'overwrite') {
    delete profile.email;
    delete profile.company;
    delete profile.notepad;
    profile.person = {};
    profile.segments = [];
  }
  profile.person = { ...profile.person, ...card.person };
  copyCard(profile, card);
  profile.updated_at = world.now();
  tell(world, website, 'people:profile:updated', profile, { update: { updated_at: profile.updated_at, person: profile.person } });
}

export function removeProfile(world: World, website: Website, profile: Profile): void {
  website.profiles.delete(profile.people_id);
  tell(world, website, 'people:profile:removed', profile);
}

function copyCard(profile: Profile, card: ProfileCard): void {
  if (card.email !== undefined) profile.email = card.email;
  if (card.company) profile.company = { ...profile.company, ...card.company };
  if (card.segments) profile.segments = card.segments;
  if (card.notepad !== undefined) profile.notepad = card.notepad;
}

function tell(world: World, website: Website, event: string, profile: Profile, more: Record<string, unknown> = {}): void {
  world.tell(
    event,
    { website_id: website.setup.website_id },
    { people_id: profile.people_id, ...(profile.email ? { email: profile.email } : {}), ...more },
  );
}
