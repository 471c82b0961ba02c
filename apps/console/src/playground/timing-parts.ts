import type { Trace } from '@baton/control-api';

export interface TimingPart {
  readonly label: string;
  /** ms */
  readonly took: number;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  readonly color: 'indigo.6' | 'grape.6' | 'gray.6';
}

/** The steps of an answer that took time; what is neither the look-up nor the model is checking and writing. */
export function timingParts({ retrieve, model, total }: Trace['ms']): TimingPart[] {
  const rest = Math.max(0, total - retrieve - model);
  const parts = [
    { label: 'Looking up', took: retrieve, color: 'indigo.6' as const },
    { label: 'The model', took: model, color: 'grape.6' as const },
    { label: 'Checks', took: rest, color: 'gray.6' as const },
  ];
  const sum = retrieve + model + rest;
  return parts.filter(({ took }) => took > 0).map((part) => ({ ...part, share: part.took / sum }));
}
