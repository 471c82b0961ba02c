import { Stack } from '@mantine/core';
import { useWorkspace } from '../../app/session.js';
import { BasicsSection } from './basics-section.js';
import { Checklist } from './checklist.js';
import { DangerZone } from './danger-zone.js';
import { EmbedSection } from './embed-section.js';
import { OnOffSection } from './on-off-section.js';

/** What the bot is and how it stands, at one look. */
export default function OverviewTab() {
  const { isOwner } = useWorkspace();
  return (
    <Stack gap="lg" maw={860}>
      <OnOffSection />
      <Checklist />
      <EmbedSection />
      <BasicsSection />
      {isOwner && <DangerZone />}
    </Stack>
  );
}
