import { syntaxTree } from '@codemirror/language';
import { Decoration, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, EditorView, ViewUpdate } from '@codemirror/view';

const CLASSES: Readonly<Record<string, string>> = {
  PropertyName: 'json-name',
  String: 'json-text',
  Number: 'json-value',
  True: 'json-value',
  False: 'json-value',
  Null: 'json-value',
};
const MARKS = Object.fromEntries(Object.entries(CLASSES).map(([name, value]) => [name, Decoration.mark({ class: value })]));

/** Names, texts and values of JSON in colours of their own; which ones says the page's look. */
export const highlightJson = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = marksOf(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) {
        this.decorations = marksOf(update.view);
      }
    }
  },
  { decorations: ({ decorations }) => decorations },
);

function marksOf({ state, visibleRanges }: EditorView): DecorationSet {
  return Decoration.set(
    visibleRanges.flatMap(({ from, to }) => {
      const found: ReturnType<Decoration['range']>[] = [];
      syntaxTree(state).iterate({
        from,
        to,
        enter: (node) => {
          const mark = MARKS[node.name];
          if (mark && node.from < node.to) found.push(mark.range(node.from, node.to));
        },
      });
      return found;
    }),
    true,
  );
}
