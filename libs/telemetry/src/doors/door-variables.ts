import { z } from 'zod';
import type { Rate } from '../service/bucket.js';

/** So many seconds' worth may come at once: the people of an office who open a page together are one address. */
const BURST_SECONDS = 20;

/** What a service with public doors reads. */
export const doorVariables = {
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0).meta({
    description: 'how many proxies stand in front and write x-forwarded-for; limits count by the address the outermost saw, default 0',
  }),
  REQUESTS_PER_ADDRESS: z.coerce.number().int().min(1).max(100_000).default(100).meta({
    description: 'requests a second of one client address at the doors for anyone, on average, twenty seconds’ worth at once; default 100',
  }),
};

export const addressRate = (perSecond: number): Rate => ({ perSecond, burst: perSecond * BURST_SECONDS });
