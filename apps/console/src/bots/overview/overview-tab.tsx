import { Text } from '@mantine/core';
import { useBot } from '../use-bot.js';

/** What the bot is and how it stands, at one look. */
export default function OverviewTab() {
  const { bot } = useBot();
  return <Text>{bot.name}</Text>;
}
