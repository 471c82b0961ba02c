import { Button, FileButton, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { replaceSourceFile } from '@baton/control-api';
import type { Source } from '@baton/control-api';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { csrfTokenNow, queries } from '../../api/client.js';
import { wordsOf } from '../../api/problems.js';
import { FILE_ENDINGS, wrongWithFile } from '../check-file.js';
import { sizeWords } from '../source-words.js';
import { upload } from '../upload.js';
import { FORGETS, useOfBot } from '../use-sources.js';
import { DialogFoot } from './dialog-foot.js';
import { useSubmit } from './use-submit.js';

/** Another title, address, or newer bytes for a file. */
export function FileForm({ source, onDone }: { readonly source: Source; readonly onDone: () => void }) {
  const of = useOfBot();
  const [title, setTitle] = useState(source.title);
  const [url, setUrl] = useState(source.url ?? '');
  const [percent, setPercent] = useState<number>();
  const [wrongFile, setWrongFile] = useState<string>();
  const { submit, wrong, error, isBusy, does } = useSubmit(source, onDone);
  const replace = async (file: File | null) => {
    if (!file) return;
    const why = wrongWithFile(file);
    setWrongFile(why);
    if (why !== undefined) return;
    setPercent(0);
    try {
      const request = { params: { ...of, sourceId: source.id }, query: { name: file.name } };
      await upload(replaceSourceFile, request, {
        file,
        csrfToken: csrfTokenNow(),
        onProgress: setPercent,
        signal: new AbortController().signal,
      });
      await Promise.all(FORGETS.map((operation) => queries.invalidateQueries({ queryKey: [operation.id] })));
      onDone();
    } catch (failed) {
      setWrongFile(wordsOf(failed).detail);
    } finally {
      setPercent(undefined);
    }
  };
  const change = () => ({ title, ...(url.trim() !== '' && { url: url.trim() }) });
  return (
    <form onSubmit={(event) => submit(event, { change })}>
      <Stack>
        <Stack gap="xs">
          <Group justify="space-between">
            <Text size="sm">
              {source.fileName}, {sizeWords(source.bytes)}
            </Text>
            <FileButton accept={FILE_ENDINGS.map((ending) => `.${ending}`).join(',')} onChange={(file) => void replace(file)}>
              {(props) => (
                <Button {...props} variant="default" size="xs" leftSection={<IconFileUpload size={16} />} loading={percent !== undefined}>
                  Give it a newer file
                </Button>
              )}
            </FileButton>
          </Group>
          {percent !== undefined && <Progress value={percent} aria-label="The file is being sent" />}
          {wrongFile !== undefined && (
            <Text size="sm" c="red" role="alert">
              {wrongFile}
            </Text>
          )}
        </Stack>
        <TextInput
          label="Title"
          description="Visitors see it as the source of an answer."
          required
          maxLength={200}
          value={title}
          error={wrong('title')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label="Address"
          description="Where visitors can read it; shown under the answer. You can leave it out."
          value={url}
          error={wrong('url')}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
      </Stack>
      <DialogFoot error={error} isBusy={isBusy} does={does} onCancel={onDone} />
    </form>
  );
}
