import { setContact } from './desk-work.js';
import type { FactOf } from './facts.js';
import { learnUserData } from './learn-user-data.js';
import type { Ruling } from './ruling.js';

/**
 * His channel told who the visitor is. What a bot says of his name, or his page of his language, is worth more, whenever it is said: the
 * channel only fills what is not known. Agents who have his conversation see it.
 */
export function onVisitorKnown(ruling: Ruling, fact: FactOf<'visitor-known'>): void {
  const { userData, locale } = ruling.state;
  const isNamed = typeof userData['name'] === 'string' && userData['name'].trim() !== '';
  const speaks = locale ?? fact.locale;
  if (isNamed && speaks === locale) return ruling.ignore('visitor-known-already');
  ruling.change({ locale: speaks, userData: isNamed ? userData : learnUserData(userData, { name: fact.name }) });
  setContact(ruling);
}
