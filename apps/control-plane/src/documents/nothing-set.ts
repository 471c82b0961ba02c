import type { Author } from '@baton/control-api';

/** Who set what nobody ever set: the defaults of the product. */
export const NOTHING_SET: { readonly version: 0; readonly changedAt: Date; readonly changedBy: Author } = {
  version: 0,
  changedAt: new Date(0),
  changedBy: { kind: 'baton', name: 'Baton' },
};
