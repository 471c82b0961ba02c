import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { Source } from '@baton/control-api';
import { useState } from 'react';
import { freshnessOptions } from './freshness-options.js';
import { DialogFoot } from './dialog-foot.js';
import { useSubmit } from './use-submit.js';
import { wholeAddress } from './whole-address.js';

/** Single pages of a website, each by its address. */
export function PagesForm({ source, onDone }: { readonly source?: Source; readonly onDone: () => void }) {
  const [addresses, setAddresses] = useState(source?.web?.urls.join('\n') ?? '');
  const [title, setTitle] = useState(source?.title ?? '');
  const [every, setEvery] = useState(String(source?.everyHours ?? ''));
  const { submit, wrong, error, isBusy, does } = useSubmit(source, onDone);
  const urls = addresses
    .split(/\s+/)
    .filter((address) => address !== '')
    .map(wholeAddress);
  const everyHours = every === '' ? null : Number(every);
  const named = title.trim() === '' ? {} : { title: title.trim() };
  const first = urls.findIndex((_, at) => wrong(`urls/${at}`) !== undefined);
  return (
    <form
      onSubmit={(event) =>
        submit(event, { add: () => ({ kind: 'page', urls, everyHours, ...named }), change: () => ({ urls, everyHours, ...named }) })
      }
    >
      <Stack>
        <Textarea
          label="Addresses"
          description="One a line, 100 at most. Pages behind a sign-in cannot be read."
          placeholder="https://www.example.com/help/returns"
          required
          data-autofocus
          autosize
          minRows={3}
          maxRows={12}
          value={addresses}
          error={wrong('urls') ?? (first < 0 ? undefined : `${urls[first]}: ${wrong(`urls/${first}`)}`)}
          onChange={(event) => setAddresses(event.currentTarget.value)}
        />
        <TextInput
          label="Title"
          description="You can leave it out: then it is the page’s own."
          maxLength={200}
          value={title}
          error={wrong('title')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          label="Visit again"
          description="Pages that did not change cost nothing."
          allowDeselect={false}
          data={freshnessOptions(source?.everyHours ?? null)}
          value={every}
          onChange={(value) => setEvery(value ?? '')}
        />
      </Stack>
      <DialogFoot error={error} isBusy={isBusy} does={does} onCancel={onDone} />
    </form>
  );
}
