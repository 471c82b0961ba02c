import { Stack, Text } from '@mantine/core';
import { useWorkspace } from '../app/session.js';
import { PageHead } from '../kit/page-head.js';
import { Section } from '../kit/section.js';
import { FindPersonForm } from './find-person-form.js';
import { RequestList } from './request-list.js';
import { RetentionForm } from './retention-form.js';

/** One person's data, and for how long everybody's is kept. */
export default function PrivacyPage() {
  const { isOwner } = useWorkspace();
  return (
    <>
      <PageHead
        title="Privacy"
        about="Give one person everything that is held of him, or erase it; and decide for how long conversations are kept."
      />
      <Stack gap="lg">
        <Section title="One person">
          {isOwner ? <FindPersonForm /> : <Text c="dimmed">Only owners of the workspace look for a person, export and erase.</Text>}
        </Section>
        {isOwner && (
          <Section title="Exports and erasures">
            <RequestList />
          </Section>
        )}
        <Section title="How long conversations are kept">
          <RetentionForm />
        </Section>
      </Stack>
    </>
  );
}
