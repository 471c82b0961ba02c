import { NumberInput, Select, Stack, TextInput } from '@mantine/core';
import type { Source } from '@baton/control-api';
import { useState } from 'react';
import { freshnessOptions } from './freshness-options.js';
import { DialogFoot } from './dialog-foot.js';
import { useSubmit } from './use-submit.js';
import { wholeAddress } from './whole-address.js';

/** All pages that a sitemap names. */
export function SitemapForm({ source, onDone }: { readonly source?: Source; readonly onDone: () => void }) {
  const [address, setAddress] = useState(source?.web?.urls[0] ?? '');
  const [title, setTitle] = useState(source?.title ?? '');
  const [part, setPart] = useState(source?.web?.pathPrefixes?.join(', ') ?? '');
  const [most, setMost] = useState<number | string>(source?.web?.maxPages ?? 200);
  const [every, setEvery] = useState(String(source?.everyHours ?? '168'));
  const { submit, wrong, error, isBusy, does } = useSubmit(source, onDone);
  const body = () => ({
    url: wholeAddress(address),
    everyHours: every === '' ? null : Number(every),
    maxPages: Number(most),
    pathPrefixes: part
      .split(',')
      .map((prefix) => prefix.trim())
      .filter((prefix) => prefix !== '')
      .map((prefix) => (prefix.startsWith('/') ? prefix : `/${prefix}`)),
    ...(title.trim() !== '' && { title: title.trim() }),
  });
  return (
    <form onSubmit={(event) => submit(event, { add: () => ({ kind: 'sitemap', ...body() }), change: body })}>
      <Stack>
        <TextInput
          label="Address of the sitemap"
          description="Mostly /sitemap.xml. The address of the website does, too, where its robots.txt names one."
          placeholder="https://www.example.com/sitemap.xml"
          required
          data-autofocus
          value={address}
          error={wrong('url')}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          label="Only this part"
          description="Beginnings of paths, with commas between them. Left out, the whole website is read."
          placeholder="/help, /faq"
          value={part}
          error={wrong('pathPrefixes')}
          onChange={(event) => setPart(event.currentTarget.value)}
        />
        <NumberInput
          label="Pages at most"
          min={1}
          max={1_000}
          allowDecimal={false}
          value={most}
          error={wrong('maxPages')}
          onChange={setMost}
        />
        <TextInput
          label="Title"
          description="You can leave it out."
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
