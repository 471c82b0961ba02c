import { readRichText } from '@baton/contracts';
import type { Block, Inline } from '@baton/contracts';
import { Fragment } from 'react';

/** The little Markdown of a message as the web chat draws it. Links go nowhere from here. */
export function RichTextView({ text, linkColour }: { readonly text: string; readonly linkColour: string }) {
  return readRichText(text).map((block, nth) => <BlockView key={nth} block={block} linkColour={linkColour} first={nth === 0} />);
}

function BlockView({ block, linkColour, first }: { readonly block: Block; readonly linkColour: string; readonly first: boolean }) {
  const style = { margin: first ? 0 : '7px 0 0' };
  if (block.is === 'code') return <pre style={{ ...style, overflowX: 'auto', fontSize: '0.89em' }}>{block.text}</pre>;
  if (block.is === 'paragraph') {
    return (
      <p style={style}>
        <Inlines inside={block.inside} linkColour={linkColour} />
      </p>
    );
  }
  const items = block.items.map((item, nth) => (
    <li key={nth}>
      <Inlines inside={item} linkColour={linkColour} />
    </li>
  ));
  const list = { ...style, paddingInlineStart: '1.35em', whiteSpace: 'normal' } as const;
  return block.start === null ? (
    <ul style={list}>{items}</ul>
  ) : (
    <ol style={list} start={block.start}>
      {items}
    </ol>
  );
}

function Inlines({ inside, linkColour }: { readonly inside: readonly Inline[]; readonly linkColour: string }) {
  return inside.map((one, nth) => <Fragment key={nth}>{inlineView(one, linkColour)}</Fragment>);
}

function inlineView(one: Inline, linkColour: string) {
  switch (one.is) {
    case 'text':
      return one.text;
    case 'code':
      return <code style={{ fontSize: '0.89em' }}>{one.text}</code>;
    case 'bold':
      return (
        <strong>
          <Inlines inside={one.inside} linkColour={linkColour} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines inside={one.inside} linkColour={linkColour} />
        </em>
      );
    case 'link':
      return (
        <span style={{ color: linkColour, textDecoration: 'underline', textUnderlineOffset: 2 }} title={one.href}>
          <Inlines inside={one.inside} linkColour={linkColour} />
        </span>
      );
  }
}
