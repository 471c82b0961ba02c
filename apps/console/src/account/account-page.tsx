import { Paper, Stack, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { changeAccount, getSession, listMembers } from '@baton/control-api';
import { useState } from 'react';
import { useDo } from '../api/client.js';
import { useSession } from '../app/session.js';
import { PageHead } from '../kit/page-head.js';
import { SaveBar } from '../kit/save-bar.js';
import { OwnSessions } from './own-sessions.js';

/** One's own name, and the browsers in which one is signed in. */
export default function AccountPage() {
  const { person } = useSession();
  const [draft, setDraft] = useState<string>();
  const change = useDo(changeAccount, { forgets: [getSession, listMembers] });
  const name = draft ?? person.name;
  return (
    <>
      <PageHead title="Account" about="How others see you, and where you are signed in." />
      <Stack maw={640} gap="xl">
        <section aria-label="You">
          <Paper withBorder p="md">
            <Stack>
              <TextInput
                label="Name"
                description="Members and the audit log call you so."
                maxLength={100}
                autoComplete="name"
                value={name}
                onChange={(event) => setDraft(event.currentTarget.value)}
              />
              <TextInput label="E-mail address" description="With it you are known; it stays." value={person.email} readOnly />
            </Stack>
          </Paper>
          <SaveBar
            isDirty={name.trim() !== person.name}
            isSaving={change.isPending}
            wrong={name.trim() === '' ? 'Say your name.' : undefined}
            error={change.error}
            onReset={() => setDraft(undefined)}
            onSave={() =>
              change.mutate(
                { request: { body: { name: name.trim() } } },
                {
                  onSuccess: () => {
                    setDraft(undefined);
                    notifications.show({ color: 'teal', message: 'Your name is saved.' });
                  },
                },
              )
            }
          />
        </section>
        <section aria-labelledby="signed-in">
          <Title order={2} size="h4" id="signed-in" mb="xs">
            Where you are signed in
          </Title>
          <OwnSessions />
        </section>
      </Stack>
    </>
  );
}
