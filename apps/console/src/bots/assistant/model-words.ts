import type { TriedModel } from '@baton/control-api';

/** What a try of a model came to, for a person. */
export function triedWords({ works, tookMs, code, status }: TriedModel): string {
  if (works) return `It answered in ${(tookMs / 1_000).toFixed(1)} s.`;
  switch (code) {
    case 'answering.model-late':
      return 'It did not answer within ten seconds. Look whether the address is right and the model is loaded.';
    case 'answering.model-unreachable':
      return 'Nothing answers at this address. Look for a typing error, and whether it can be reached from where Baton runs.';
    case 'answering.model-refused':
      if (status === 401 || status === 403) return `The key is not taken (${status}). Copy it once more, and look what it may do.`;
      if (status === 404) return 'There is no such model, or the address is not right (404). Most addresses end with /v1.';
      if (status === 429) return 'The endpoint takes no more calls for now (429): its limit or its credit is used up.';
      return `The endpoint refused${status === null ? '' : ` (${status})`}.`;
    default:
      return 'Something answers there, but not as a model does. Most addresses end with /v1.';
  }
}
