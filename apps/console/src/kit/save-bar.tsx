import { Button, Group, Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { isChangedMeanwhile } from '../api/problems.js';
import { Trouble } from './trouble.js';

export interface SaveBarProps {
  /** Something differs from what is saved. */
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Something is wrong with it, so that it cannot be saved; said beside the button. */
  readonly wrong?: string | undefined;
  readonly error: unknown;
  readonly onSave: () => void;
  readonly onReset: () => void;
}

/** Stands at the foot of a form: saves it, or takes the changes back. */
export function SaveBar({ isDirty, isSaving, wrong, error, onSave, onReset }: SaveBarProps) {
  return (
    <Paper withBorder p="sm" mt="lg" pos="sticky" bottom={8} style={{ zIndex: 2 }}>
      {error !== null && error !== undefined && (
        <Trouble error={error} {...(isChangedMeanwhile(error) && { onRetry: () => location.reload() })} />
      )}
      <Group justify="space-between">
        <Text size="sm" c={wrong === undefined ? 'dimmed' : 'red'} role="status">
          {wrong ?? (isDirty ? 'Not saved yet.' : 'Everything is saved.')}
        </Text>
        <Group gap="xs">
          <Button variant="default" disabled={!isDirty || isSaving} onClick={onReset}>
            Take back
          </Button>
          <Button disabled={!isDirty || wrong !== undefined} loading={isSaving} onClick={onSave}>
            Save
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

/** Tells that it is saved, and whether it holds already. */
export function tellSaved({ published }: { readonly published: boolean }): void {
  notifications.show({
    closeButtonProps: { 'aria-label': 'Close' },
    ...(published
      ? { color: 'teal', title: 'Saved', message: 'It holds in all services within two seconds.' }
      : { color: 'yellow', title: 'Saved', message: 'It holds as soon as Kafka takes it.' }),
  });
}
