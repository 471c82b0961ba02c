import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { highlightJson } from './highlight-json.js';
import type { JsonProblem } from './json-problems.js';
import { look } from './look.js';

export interface JsonEditorProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What is wrong with the text; told at its line and in the margin. */
  readonly problemsOf: (text: string) => readonly JsonProblem[];
  /** What the editor is for, as it is spoken. */
  readonly label: string;
  /** The id of what explains it, or tells what is wrong. */
  readonly describedBy?: string;
  readonly readOnly?: boolean;
}

const nonce = (): string => document.querySelector<HTMLMetaElement>('meta[name=baton-nonce]')?.content ?? '';

/** An editor for JSON. The Tab key leaves it, as it leaves every other field. */
export function JsonEditor(props: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const { value, label, describedBy, readOnly = false } = props;

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          EditorView.cspNonce.of(nonce()),
          lineNumbers(),
          history(),
          json(),
          highlightJson,
          indentOnInput(),
          bracketMatching(),
          lintGutter(),
          linter(
            ({ state }) =>
              latest.current
                .problemsOf(state.doc.toString())
                .map(({ from, to, message }) => ({ from, to, message, severity: 'error' as const })),
            { delay: 200 },
          ),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          spoken.of([]),
          look,
          EditorView.updateListener.of(({ docChanged, state }) => {
            const text = state.doc.toString();
            if (docChanged && text !== latest.current.value) latest.current.onChange(text);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    view.current!.dispatch({
      effects: spoken.reconfigure([
        EditorState.readOnly.of(readOnly),
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-multiline': 'true',
          tabindex: '0',
          ...(readOnly && { 'aria-readonly': 'true' }),
          ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
        }),
      ]),
    });
  }, [label, describedBy, readOnly]);

  useEffect(() => {
    const { state } = view.current!;
    if (state.doc.toString() !== value) view.current!.dispatch({ changes: { from: 0, to: state.doc.length, insert: value } });
  }, [value]);

  return <div ref={host} />;
}

/** What changes while the editor stands. */
const spoken = new Compartment();
