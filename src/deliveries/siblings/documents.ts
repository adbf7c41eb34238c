import { readLocated } from '../../yaml/read.ts';
import { isRecord } from '../../data/fields.ts';

/** One document of a YAML file: the line that opens it, where there is one, and its text. */
export type WrittenDocument = { marker: string; text: string; data: Record<string, unknown> };

/** The documents of a file, each with its text; undefined for what is no YAML of maps, or opens one in another way. */
export function writtenDocuments(text: string): WrittenDocument[] | undefined {
  const chunks = chunksOf(text);
  const documents = chunks.flatMap(chunk => {
    const result = readLocated(chunk.text);
    if (result.status !== 'read' || result.yaml.dataProblem) return [];
    const [data] = result.yaml.documents;
    return isRecord(data) && result.yaml.documents.length === 1 ? [{ ...chunk, data }] : [];
  });
  return documents.length === chunks.length ? documents : undefined;
}

type Chunk = { marker: string; text: string };

const MARKER = /^---[ \t]*(?:\r?\n|$)/m;

/** What stands before the first marker and says nothing belongs to the first document; an empty end to nobody. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let rest = text.startsWith('\ufeff') ? text.slice(1) : text;
  let marker = '';
  for (let match = MARKER.exec(rest); match; match = MARKER.exec(rest)) {
    chunks.push({ marker, text: rest.slice(0, match.index) });
    [marker] = match;
    rest = rest.slice(match.index + match[0].length);
  }
  chunks.push({ marker, text: rest });
  const [first, second] = chunks;
  if (first && second && saysNothing(first.text))
    chunks.splice(0, 2, { marker: second.marker, text: first.text + second.text });
  return chunks.filter((chunk, index) => index === 0 || !saysNothing(chunk.text));
}

function saysNothing(text: string): boolean {
  return text.split('\n').every(line => /^\s*(?:#.*)?$/.test(line));
}

/** Documents as one file. The first keeps its marker where the file that it comes from began with one. */
export function joinDocuments(documents: readonly { marker: string; text: string }[]): string {
  return documents
    .map(({ marker, text }, index) => {
      const opened = index === 0 ? marker : marker === '' ? '---\n' : marker;
      return `${opened}${text.replace(/(?<!\n)\n*$/, '\n')}`;
    })
    .join('');
}
