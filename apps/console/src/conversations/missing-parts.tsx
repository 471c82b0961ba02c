import { Alert } from '@mantine/core';
import type { MissingPart } from '@baton/control-api';
import { IconPlugConnectedX } from '@tabler/icons-react';

/** Says which part is not shown because its service does not answer. */
export function MissingParts({ missing }: { readonly missing: readonly MissingPart[] }) {
  if (missing.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" icon={<IconPlugConnectedX />} title="A part is missing" mb="md" role="status">
      {missing.map(({ part, words }) => (
        <div key={part}>{words}</div>
      ))}
    </Alert>
  );
}
