import { z } from 'zod';
import { SideSchema } from '../rest/bodies.js';

/** What the control API takes: a person's acts, and orders to the simulator itself. */

export const VisitorMessageSchema = z.object({ text: z.string().min(1).max(64_000), nickname: z.string().max(255).optional() });

export const AgentMessageSchema = z.object({
  text: z.string().min(1).max(64_000),
  /** Who writes; the first agent of the workspace when absent. */
  operator_id: z.string().optional(),
  /** A line that Crisp or another plugin made, not a person. */
  automated: z.boolean().optional(),
  origin: z.string().max(255).optional(),
});

/** A private note; of an agent, unless it says of whom: somebody of another workspace, or a token, which names nobody. */
export const NoteSchema = AgentMessageSchema.extend({
  as: z.object({ user_id: z.string().max(255).optional(), nickname: z.string().max(255).optional() }).optional(),
});

/** All segments of the conversation from now on. */
export const SegmentsSchema = z.object({ segments: z.array(z.string().max(64)).max(100) });

export const FileSchema = z.object({
  name: z.string().min(1).max(255),
  url: z.url({ protocol: /^https?$/ }),
  type: z.string().min(1).max(255),
  from: SideSchema.default('operator'),
  operator_id: z.string().optional(),
});

export const EditSchema = z.object({ text: z.string().min(1).max(64_000) });
export const PickerAnswerSchema = z.object({ fingerprint: z.number().int(), value: z.string() });

export const TypingSchema = z.object({
  from: SideSchema.default('operator'),
  type: z.enum(['start', 'stop']),
  excerpt: z.string().max(2_000).optional(),
  operator_id: z.string().optional(),
});

export const ReadSchema = z.object({ from: SideSchema.default('user') });
export const AssignSchema = z.object({ operator_id: z.string().nullable() });
export const BlockSchema = z.object({ blocked: z.boolean() });
export const StateSchema = z.object({ state: z.enum(['pending', 'unresolved', 'resolved']) });
export const RatingSchema = z.object({ stars: z.number().min(0).max(5), comment: z.string().max(4_000).optional() });
export const OpenConversationSchema = z.object({
  website_id: z.string(),
  nickname: z.string().max(255).optional(),
  email: z.email().optional(),
  text: z.string().max(64_000).optional(),
});
export const AvailabilitySchema = z.object({ status: z.enum(['online', 'away']), operator_id: z.string().optional() });
export const OperatorNameSchema = z.object({
  first_name: z.string().trim().min(1).max(64),
  last_name: z.string().trim().max(64).optional(),
});
export const ResetSchema = z.object({ seed: z.int().optional() });
export const ReleaseSchema = z.object({ order: z.enum(['kept', 'reversed']).default('kept') });
export const AgainSchema = z.object({
  times: z.int().min(1).max(1_000).default(1),
  forged: z.boolean().default(false),
  aged_ms: z.number().default(0),
});

/** Where the web hook of a workspace goes; empty switches it off. */
export const HookSchema = z.object({
  hook_url: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'must be a web address, with http:// or https://' })]),
});
