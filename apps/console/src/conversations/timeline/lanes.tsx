import { ThemeIcon } from '@mantine/core';
import type { EntryGroup, Lane, TimelineEntry } from '@baton/control-api';
import { IconAntenna, IconBuildingStore, IconGavel, IconHeadset, IconRobot, IconSparkles, IconUser } from '@tabler/icons-react';
import type { ComponentType } from 'react';

interface LaneLook {
  readonly Icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  readonly color: string;
  readonly label: string;
}

export const LANE_LOOKS: Readonly<Record<Lane, LaneLook>> = {
  visitor: { Icon: IconUser, color: 'blue', label: 'Visitor' },
  bot: { Icon: IconRobot, color: 'indigo', label: 'Bot' },
  agent: { Icon: IconHeadset, color: 'teal', label: 'Agent' },
  baton: { Icon: IconGavel, color: 'grape', label: 'Baton' },
  crisp: { Icon: IconBuildingStore, color: 'cyan', label: 'Work in Crisp' },
  channel: { Icon: IconAntenna, color: 'gray', label: 'The visitor’s chat' },
  assistant: { Icon: IconSparkles, color: 'violet', label: 'Assistant' },
};

export const GROUP_WORDS: Readonly<Record<EntryGroup, string>> = {
  messages: 'Messages',
  decisions: 'Decisions',
  answers: 'Answers',
  promises: 'Promises',
  effects: 'Work in Crisp',
  deliveries: 'Deliveries',
};

const TONES: Readonly<Partial<Record<TimelineEntry['tone'], string>>> = { bad: 'red', warn: 'orange' };

/** Whose entry it is; what went wrong stands out. */
export function LaneIcon({ lane, tone }: Pick<TimelineEntry, 'lane' | 'tone'>) {
  const { Icon, color, label } = LANE_LOOKS[lane];
  return (
    <ThemeIcon variant="light" color={TONES[tone] ?? color} radius="xl" size={30} role="img" aria-label={label}>
      <Icon size={16} stroke={1.7} />
    </ThemeIcon>
  );
}
