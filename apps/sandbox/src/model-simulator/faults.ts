import { z } from 'zod';

/** How the model misbehaves, whoever asks it. */
export const DISOBEDIENCES = ['invents-number', 'invents-link', 'promises', 'tells-its-rules', 'obeys-strangers', 'guesses'] as const;
export type Disobedience = (typeof DISOBEDIENCES)[number];

export const FaultsSchema = z.object({
  /** Milliseconds before it answers. */
  slow_ms: z.number().min(0).max(120_000).default(0),
  /** Shares of the requests, 0 to 1, that end so. */
  too_many: z.number().min(0).max(1).default(0),
  broken: z.number().min(0).max(1).default(0),
  /** Answers with something that is no JSON where JSON was asked for. */
  unreadable: z.number().min(0).max(1).default(0),
  /** The connection ends in the middle of the answer. */
  cut: z.number().min(0).max(1).default(0),
  disobedience: z.enum(DISOBEDIENCES).optional(),
});
export type Faults = z.output<typeof FaultsSchema>;
export type FaultsInput = z.input<typeof FaultsSchema>;

export const noFaults = (): Faults => FaultsSchema.parse({});
