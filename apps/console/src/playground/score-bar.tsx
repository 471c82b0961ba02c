import { Box, Group, Progress, Text } from '@mantine/core';

const shown = (value: number): string => value.toFixed(value >= 10 ? 1 : 2);

/** How well a passage fits, by one way of looking. @param share of the bar, 0 to 1 */
export function ScoreBar({
  label,
  value,
  share,
  color = 'gray.6',
}: {
  readonly label: string;
  /** Undefined where this way did not find it. */
  readonly value: number | undefined;
  readonly share: number;
  readonly color?: string;
}) {
  return (
    <div style={{ minWidth: 110 }}>
      <Group justify="space-between" gap={4} wrap="nowrap">
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text size="xs">{value === undefined ? 'not found' : shown(value)}</Text>
      </Group>
      <Progress size="sm" color={color} value={Math.min(1, share) * 100} aria-label={label} />
    </div>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** How well an answer is supported, with the line that it must reach. */
export function SupportMeter({ support, threshold }: { readonly support: number; readonly threshold: number }) {
  const isEnough = support >= threshold;
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          Support {percent(support)}
        </Text>
        <Text size="sm" c="dimmed">
          {percent(threshold)} needed
        </Text>
      </Group>
      <Box pos="relative" py={4}>
        <Progress size="lg" color={isEnough ? 'teal' : 'yellow'} value={Math.min(1, support) * 100} aria-label="Support" />
        <Box
          pos="absolute"
          top={0}
          bottom={0}
          left={`${Math.min(1, threshold) * 100}%`}
          w={2}
          bg="var(--mantine-color-text)"
          title={`${percent(threshold)} needed`}
        />
      </Box>
    </div>
  );
}
