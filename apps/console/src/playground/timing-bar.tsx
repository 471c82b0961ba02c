import { Group, Progress, Text } from '@mantine/core';
import type { Trace } from '@baton/control-api';
import { timingParts } from './timing-parts.js';

const msWords = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** How long an answer took, step by step. */
export function TimingBar({ ms }: { readonly ms: Trace['ms'] }) {
  const parts = timingParts(ms);
  return (
    <div>
      <Progress.Root size="sm" aria-hidden>
        {parts.map(({ label, share, color }) => (
          <Progress.Section key={label} value={share * 100} color={color} />
        ))}
      </Progress.Root>
      <Group gap="md" mt={6}>
        {parts.map(({ label, took, color }) => (
          <Group key={label} gap={6} wrap="nowrap">
            <span
              style={{ width: 10, height: 10, borderRadius: 3, background: `var(--mantine-color-${color.replace('.', '-')})` }}
              aria-hidden
            />
            <Text size="xs">
              {label} {msWords(took)}
            </Text>
          </Group>
        ))}
        <Text size="xs" fw={600}>
          Altogether {msWords(ms.total)}
        </Text>
      </Group>
    </div>
  );
}
