import { z } from 'zod';

const ParametersSchema = z.object({ weight: z.number().min(0).max(1), threshold: z.number().min(0).max(1) });

/** How a knowledge base weighs its legs, and from which support on it may answer. */
export interface RetrievalParameters {
  /** Of the dense leg against BM25, 0 to 1. */
  readonly weight: number;
  /** Support from which on an answer may be given. */
  readonly threshold: number;
  /** Made from this knowledge base's own questions. */
  readonly fitted: boolean;
}

export const DEFAULT_PARAMETERS: RetrievalParameters = { weight: 0.5, threshold: 0.45, fitted: false };

/** As they were kept; what cannot be read counts as not fitted. */
export function parametersOf(kept: unknown): RetrievalParameters {
  const read = ParametersSchema.safeParse(kept);
  return read.success ? { ...read.data, fitted: true } : DEFAULT_PARAMETERS;
}
