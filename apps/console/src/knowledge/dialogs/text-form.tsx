import { Stack, Textarea, TextInput } from '@mantine/core';
import type { Source } from '@baton/control-api';
import { useState } from 'react';
import { DialogFoot } from './dialog-foot.js';
import { useSubmit } from './use-submit.js';

/** A text, written or pasted; headings as in Markdown. */
export function TextForm({
  source,
  text: before = '',
  onDone,
}: {
  readonly source?: Source;
  readonly text?: string;
  readonly onDone: () => void;
}) {
  const [title, setTitle] = useState(source?.title ?? '');
  const [text, setText] = useState(before);
  const [url, setUrl] = useState(source?.url ?? '');
  const { submit, wrong, error, isBusy, does } = useSubmit(source, onDone);
  const address = url.trim() === '' ? {} : { url: url.trim() };
  return (
    <form
      onSubmit={(event) =>
        submit(event, {
          add: () => ({ kind: 'markdown', title, text, ...address }),
          change: () => ({ title, ...(text !== before && { text }), ...(url !== (source?.url ?? '') && address) }),
        })
      }
    >
      <Stack>
        <TextInput
          label="Title"
          description="Visitors see it as the source of an answer."
          required
          data-autofocus
          maxLength={200}
          value={title}
          error={wrong('title')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label="Text"
          description="Begin a line with # for a heading: headings help to find the right part."
          required
          autosize
          minRows={8}
          maxRows={18}
          value={text}
          error={wrong('text')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <TextInput
          label="Address"
          description="Where visitors can read more; shown under the answer. You can leave it out."
          placeholder="https://www.example.com/help/returns"
          value={url}
          error={wrong('url')}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
      </Stack>
      <DialogFoot error={error} isBusy={isBusy} does={does} onCancel={onDone} />
    </form>
  );
}
