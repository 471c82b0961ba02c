import type { NewSource, Source, SourceChange } from '@baton/control-api';
import type { FormEvent } from 'react';
import { fieldProblem } from '../../api/problems.js';
import { useAdd, useChange, useOfBot } from '../use-sources.js';

/** Sends what a dialog holds: a new source, or a change of the one that is edited. */
export function useSubmit(source: Source | undefined, onDone: () => void) {
  const of = useOfBot();
  const add = useAdd();
  const change = useChange();
  const { error, isPending } = source ? change : add;
  return {
    isBusy: isPending,
    error,
    /** Of one field, by its name. */
    wrong: (field: string): string | undefined => fieldProblem(error, `/${field}`),
    does: source ? 'Save' : 'Add',
    submit: (event: FormEvent, body: { readonly add?: () => NewSource; readonly change: () => SourceChange }): void => {
      event.preventDefault();
      if (source) change.mutate({ request: { params: { ...of, sourceId: source.id }, body: body.change() } }, { onSuccess: onDone });
      else if (body.add) add.mutate({ request: { params: of, body: body.add() } }, { onSuccess: onDone });
    },
  };
}
