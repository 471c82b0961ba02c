import { z } from 'zod';

/** Where a visitor talks to a bot. */
export const ChannelSchema = z.enum(['webchat', 'messenger']);
export type Channel = z.output<typeof ChannelSchema>;
