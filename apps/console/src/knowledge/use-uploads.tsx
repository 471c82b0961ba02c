import { ActionIcon, Alert, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { addSourceFile } from '@baton/control-api';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { csrfTokenNow, queries } from '../api/client.js';
import { wordsOf } from '../api/problems.js';
import { wrongWithFile } from './check-file.js';
import { sizeWords } from './source-words.js';
import { upload } from './upload.js';
import { FORGETS, useOfBot } from './use-sources.js';

interface Upload {
  readonly id: number;
  readonly file: File;
  readonly percent: number;
  readonly wrong?: string;
}

/** Files on their way, one after the other, and how far they are. */
export function useUploads(): { readonly send: (files: File[]) => void; readonly list: ReactNode } {
  const params = useOfBot();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const endings = useRef(new Map<number, AbortController>());
  const count = useRef(0);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    const running = endings.current;
    return () => running.forEach((ending) => ending.abort());
  }, []);

  const change = (id: number, patch: Partial<Upload>) =>
    setUploads((before) => before.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  const drop = (id: number) => {
    endings.current.get(id)?.abort();
    endings.current.delete(id);
    setUploads((before) => before.filter((one) => one.id !== id));
  };
  const sendOne = async (id: number, file: File) => {
    const ending = endings.current.get(id);
    // It was taken back while it waited.
    if (!ending || ending.signal.aborted) return;
    try {
      const onProgress = (percent: number) => change(id, { percent });
      await upload(
        addSourceFile,
        { params, query: { name: file.name } },
        { file, csrfToken: csrfTokenNow(), onProgress, signal: ending.signal },
      );
      drop(id);
      await Promise.all(FORGETS.map((operation) => queries.invalidateQueries({ queryKey: [operation.id] })));
    } catch (error) {
      change(id, { wrong: wordsOf(error).detail });
    } finally {
      endings.current.delete(id);
    }
  };
  const send = (files: File[]) => {
    const begun = files.map((file): Upload => {
      const wrong = wrongWithFile(file);
      return { id: (count.current += 1), file, percent: 0, ...(wrong !== undefined && { wrong }) };
    });
    setUploads((before) => [...before, ...begun]);
    for (const { id, file, wrong } of begun) {
      if (wrong !== undefined) continue;
      endings.current.set(id, new AbortController());
      line.current = line.current.then(() => sendOne(id, file));
    }
  };
  return { send, list: uploads.length > 0 && <Uploads uploads={uploads} onDrop={drop} /> };
}

function Uploads({ uploads, onDrop }: { readonly uploads: readonly Upload[]; readonly onDrop: (id: number) => void }) {
  return (
    <Stack gap="xs" mb="md" component="section" aria-label="Files on their way">
      {uploads.map(({ id, file, percent, wrong }) =>
        wrong === undefined ? (
          <Paper key={id} withBorder p="sm">
            <Group justify="space-between" wrap="nowrap" mb={6}>
              <Text size="sm" truncate>
                {file.name}{' '}
                <Text span size="sm" c="dimmed">
                  {sizeWords(file.size)}
                </Text>
              </Text>
              <ActionIcon variant="subtle" color="gray" aria-label={`Do not send ${file.name}`} onClick={() => onDrop(id)}>
                <IconX size={16} />
              </ActionIcon>
            </Group>
            <Progress value={percent} aria-label={`${file.name} is being sent`} />
          </Paper>
        ) : (
          <Alert
            key={id}
            color="red"
            variant="light"
            role="alert"
            icon={<IconAlertTriangle />}
            title={`${file.name} was not added`}
            withCloseButton
            closeButtonLabel={`Forget ${file.name}`}
            onClose={() => onDrop(id)}
          >
            {wrong}
          </Alert>
        ),
      )}
    </Stack>
  );
}
