import { parse } from 'csv-parse/sync';
import type { KnowledgePair } from '../chunks/chunk-document.js';
import { checkedLength } from './decode-text.js';
import type { Extracted, FileHints } from './extracted.js';
import { EXTRACT_LIMITS } from './extracted.js';
import { SourceError } from './source-error.js';
import { rowsText } from './table-text.js';

/** Names of columns as support teams give them. */
const NAMES = {
  question:
    'question questions q faq frage fragen pregunta preguntas pergunta perguntas domanda domande vraag vragen pytanie pytania soru sorular fråga frågor spørgsmål spørsmål kysymys otázka kérdés întrebare ερώτηση вопрос питання въпрос 問題 问题 質問 質問文 질문 سؤال שאלה câu-hỏi pertanyaan',
  answer:
    'answer answers a antwort antworten réponse réponses reponse reponses respuesta respuestas resposta respostas risposta risposte antwoord antwoorden odpowiedź odpowiedz odpowiedzi cevap yanıt cevaplar svar vastaus odpověď odpoveď válasz răspuns απάντηση ответ відповідь отговор 回答 答案 答え 답변 답 جواب إجابة תשובה trả-lời câu-trả-lời jawaban',
  url: 'url link href page address source seite lien enlace',
  topic: 'topic category section group kategorie thema bereich catégorie categorie categoría categoria rubrique onderwerp',
} as const;
const isNamed = (column: keyof typeof NAMES, name: string): boolean => NAMES[column].split(' ').includes(name);

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Rows whose cells are longer than this together are read one by one, not as a table. */
const TABLE_ROW = 240;

/**
 * A table file: columns named as question and answer give pairs, in any of our languages; other tables are read row by row.
 * @throws SourceError `source.empty`, `source.too-large`, `source.broken`
 */
export function fromCsv(source: string, hints: Pick<FileHints, 'title' | 'url'> = {}): Extracted {
  const rows = rowsOf(checkedLength(source, EXTRACT_LIMITS.letters));
  const title = hints.title ?? '';
  const columns = columnsOf(rows[0]!);
  const pairs = columns ? pairsOf(rows.slice(1), columns) : looksLikePairs(rows) ? pairsOf(rows, { question: 0, answer: 1 }) : undefined;
  if (pairs) {
    if (pairs.length === 0) throw new SourceError('source.empty');
    return { title, pairs, problems: [] };
  }
  const document = { title, sections: [{ titlePath: [], text: textOf(rows) }], ...(hints.url !== undefined && { url: hints.url }) };
  return { title, document, problems: [] };
}

function rowsOf(source: string): string[][] {
  const head = source.slice(0, 10_000).split('\n').slice(0, 20).join('\n');
  const counts = DELIMITERS.map((delimiter) => head.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))]!;
  try {
    const rows: string[][] = parse(source, {
      delimiter,
      bom: true,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: EXTRACT_LIMITS.rows + 1,
      max_record_size: 1_000_000,
    });
    if (rows.length > EXTRACT_LIMITS.rows) throw new SourceError('source.too-large', `more than ${EXTRACT_LIMITS.rows} rows`);
    if (rows.length === 0) throw new SourceError('source.empty');
    return rows;
  } catch (error) {
    throw error instanceof SourceError ? error : new SourceError('source.broken');
  }
}

interface Columns {
  readonly question: number;
  readonly answer: number;
  readonly url?: number;
  readonly topic?: number;
}

function columnsOf(header: readonly string[]): Columns | undefined {
  const names = header.map((cell) => cell.toLowerCase().normalize('NFC').replace(/[?:*]/g, '').trim().replace(/\s+/g, '-'));
  const find = (column: keyof typeof NAMES): number => names.findIndex((name) => isNamed(column, name));
  const [question, answer, url, topic] = [find('question'), find('answer'), find('url'), find('topic')];
  if (question < 0 || answer < 0 || question === answer) return undefined;
  return { question, answer, ...(url >= 0 && { url }), ...(topic >= 0 && { topic }) };
}

/** Two columns without names, of which the first asks. */
function looksLikePairs(rows: readonly (readonly string[])[]): boolean {
  const asking = rows.filter(([first]) => /[?？؟]\s*$/.test(first ?? '')).length;
  return rows.every((row) => row.length === 2) && asking > rows.length / 2;
}

function pairsOf(rows: readonly (readonly string[])[], columns: Columns): KnowledgePair[] {
  return rows.flatMap((row) => {
    const [question, answer, url, topic] = [row[columns.question], row[columns.answer], row[columns.url ?? -1], row[columns.topic ?? -1]];
    if (!question || !answer) return [];
    return [{ question, answer, ...(url && /^https?:\/\//i.test(url) && { url }), ...(topic && { titlePath: [topic] }) }];
  });
}

function textOf(rows: readonly (readonly string[])[]): string {
  const [header, ...others] = rows;
  const average = others.reduce((sum, row) => sum + row.join('').length, 0) / Math.max(1, others.length);
  if (others.length === 0 || header!.length < 2) return rows.map((row) => row.join(' ')).join('\n\n');
  if (average <= TABLE_ROW) return rowsText(rows);
  return others
    .map((row) =>
      row
        .map((cell, at) => (cell === '' ? '' : header![at] ? `${header![at]}: ${cell}` : cell))
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n\n');
}
