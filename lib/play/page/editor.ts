// The editor of OpenQASM texts.

import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Finding } from '../protocol.js';
import { openqasm } from './openqasm-language.js';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.typeName, tags.meta], color: 'var(--keyword)' },
  { tag: [tags.number, tags.atom, tags.string], color: 'var(--number)' },
  { tag: tags.comment, color: 'var(--comment)', fontStyle: 'italic' },
]);

/** An editor and what the page does with it. */
export interface Editor {
  readonly text: () => string;
  readonly show: (findings: readonly Finding[]) => void;
  readonly select: (finding: Finding) => void;
}

/** Puts an editor into an element. */
export function createEditor(parent: Element, text: string, changed: () => void): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        lintGutter(),
        openqasm,
        syntaxHighlighting(colours),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ 'aria-label': 'OpenQASM text' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed();
        }),
      ],
    }),
  });
  const inside = (offset: number): number => Math.min(offset, view.state.doc.length);
  return {
    text: () => view.state.doc.toString(),
    show: (findings) => {
      const diagnostics = findings.map(({ from, to, severity, message }) => {
        return { from: inside(from), to: inside(to), severity, message };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    select: ({ from, to }) => {
      view.dispatch({
        selection: { anchor: inside(from), head: inside(to) },
        scrollIntoView: true,
      });
      view.focus();
    },
  };
}
