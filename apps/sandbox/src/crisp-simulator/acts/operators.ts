import { statusOf, type Website, type World } from '../world.js';

/** Agents come and go; a change of the whole workspace is told, too. Without a user id all of them are meant. */
export function setAvailability(world: World, website: Website, availability: 'online' | 'away', userId?: string): void {
  for (const operator of website.operators) {
    if ((userId && operator.user_id !== userId) || operator.availability === availability) continue;
    operator.availability = availability;
    world.tell(
      'website:update_operators_availability',
      { website_id: website.setup.website_id },
      { user_id: operator.user_id, availability: { type: availability } },
    );
  }
  const status = statusOf(website.operators);
  if (status === website.status) return;
  website.status = status;
  website.statusSince = world.now();
  world.tell('website:users:available', { website_id: website.setup.website_id }, { available: status === 'online' });
}
