import { Badge } from '@mantine/core';
import type { Standing } from '@baton/control-api';
import { STANDING_WORDS } from './standings.js';

/** Who the conversation is with. */
export function StandingBadge({ standing }: { readonly standing: Standing }) {
  const { label, color } = STANDING_WORDS[standing];
  return (
    <Badge variant="light" color={color} tt="none" flex="none">
      {label}
    </Badge>
  );
}
