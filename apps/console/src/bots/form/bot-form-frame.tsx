import { Alert, List, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { SaveBar } from '../../kit/save-bar.js';
import type { BotForm } from './use-bot-form.js';

/** Around the sections of a form over the bot: says what somebody else changed meanwhile, and saves. */
export function BotFormFrame({
  form,
  barWhenDirty = false,
  children,
}: {
  readonly form: BotForm;
  /** Shows the bar only when there is something to save: for a form that is a part of a page. */
  readonly barWhenDirty?: boolean;
  readonly children: ReactNode;
}) {
  const wrong = form.wrong === 0 ? undefined : form.wrong === 1 ? 'One field is not right yet.' : `${form.wrong} fields are not right yet.`;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.isDirty && form.wrong === 0) form.save();
      }}
    >
      <Stack gap="lg" maw={860}>
        {!form.mayEdit && !barWhenDirty && (
          <Text c="dimmed" size="sm">
            You may look at everything here. Changing it needs the role of an editor.
          </Text>
        )}
        {form.rebased && form.isDirty && (
          <Alert color="yellow" icon={<IconUsers />} title="Somebody else changed this bot meanwhile" role="alert">
            Nothing is lost: what you typed stands on top of their changes. Look at it, then save.
            {form.both.length > 0 && (
              <>
                <Text size="sm" mt="xs">
                  You both changed this, and saving puts yours in place of theirs:
                </Text>
                <List size="sm">
                  {form.both.map((pointer) => (
                    <List.Item key={pointer}>{pointer.slice(1).split('/').join(' › ')}</List.Item>
                  ))}
                </List>
              </>
            )}
          </Alert>
        )}
        {children}
      </Stack>
      {form.mayEdit && (form.isDirty || !barWhenDirty) && (
        <div style={{ maxWidth: 860 }}>
          <SaveBar
            isDirty={form.isDirty}
            isSaving={form.isSaving}
            wrong={wrong}
            error={form.error}
            onSave={form.save}
            onReset={form.takeBack}
          />
        </div>
      )}
    </form>
  );
}
