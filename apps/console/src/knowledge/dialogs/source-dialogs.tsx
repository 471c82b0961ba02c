import { Modal, Skeleton } from '@mantine/core';
import { getSourceContent } from '@baton/control-api';
import type { Source } from '@baton/control-api';
import { useRead } from '../../api/client.js';
import { Trouble } from '../../kit/trouble.js';
import { useOfBot } from '../use-sources.js';
import { FileForm } from './file-form.js';
import { PairsForm } from './pairs-form.js';
import { SitemapForm } from './sitemap-form.js';
import { TextForm } from './text-form.js';
import { PagesForm } from './pages-form.js';

const TITLES: Readonly<Record<string, string>> = {
  text: 'Add a text',
  pairs: 'Add questions and answers',
  page: 'Add web pages',
  sitemap: 'Add a website',
};

/** The dialog that is open: one that adds, or one that changes a source. */
export function SourceDialogs({
  add,
  edit,
  question,
  onClose,
}: {
  readonly add: string | undefined;
  readonly edit: Source | undefined;
  /** A question that the assistant could not answer, to be answered now. */
  readonly question: string | undefined;
  readonly onClose: () => void;
}) {
  const kind = edit?.kind ?? (add !== undefined && add in TITLES ? add : undefined);
  return (
    <Modal
      opened={kind !== undefined}
      onClose={onClose}
      size="lg"
      title={edit ? `Edit “${edit.title}”` : kind === undefined ? '' : TITLES[kind]}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {edit ? (
        <Editing key={edit.id} source={edit} onDone={onClose} />
      ) : (
        kind !== undefined && <Adding kind={kind} question={question} onDone={onClose} />
      )}
    </Modal>
  );
}

function Adding({ kind, question, onDone }: { readonly kind: string; readonly question: string | undefined; readonly onDone: () => void }) {
  if (kind === 'pairs') return <PairsForm question={question} onDone={onDone} />;
  if (kind === 'page') return <PagesForm onDone={onDone} />;
  if (kind === 'sitemap') return <SitemapForm onDone={onDone} />;
  return <TextForm onDone={onDone} />;
}

function Editing({ source, onDone }: { readonly source: Source; readonly onDone: () => void }) {
  const isWritten = source.kind === 'text' || source.kind === 'markdown' || source.kind === 'pairs';
  const read = useRead(
    getSourceContent,
    { params: { ...useOfBot(), sourceId: source.id } },
    { enabled: isWritten, staleTime: 0, gcTime: 0 },
  );
  if (source.kind === 'page') return <PagesForm source={source} onDone={onDone} />;
  if (source.kind === 'sitemap') return <SitemapForm source={source} onDone={onDone} />;
  if (source.kind === 'file') return <FileForm source={source} onDone={onDone} />;
  if (read.error) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton h={240} />;
  const content = read.data.content ?? { text: '' };
  return 'pairs' in content ? (
    <PairsForm source={source} pairs={content.pairs} onDone={onDone} />
  ) : (
    <TextForm source={source} text={content.text} onDone={onDone} />
  );
}
