import { z } from 'zod';

/**
 * Who speaks to the visitor: the bot; nobody yet while Crisp is being asked (`escalating`); nobody yet while an agent
 * is awaited (`waiting`); or the agent.
 */
export const FloorSchema = z.enum(['bot', 'escalating', 'waiting', 'agent']);
export type Floor = z.output<typeof FloorSchema>;
