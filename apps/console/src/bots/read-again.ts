import { getBot } from '@baton/control-api';
import { useEffect } from 'react';
import { queries } from '../api/client.js';
import { isChangedMeanwhile } from '../api/problems.js';

/** Where somebody else was quicker, what he wrote is read, so that a draft knows that it is outdated. */
export function useReadAgainOnConflict(error: unknown): void {
  useEffect(() => {
    if (isChangedMeanwhile(error)) void queries.invalidateQueries({ queryKey: [getBot.id] });
  }, [error]);
}
