import type { RepositoryText } from '../../repository/model.ts';

/** A line that still speaks of the old place or namespace. */
export type Mention = { file: string; line: number; text: string };

/** Names of Services in the old namespace, and the old path. */
export function findMentions(
  text: RepositoryText,
  { path, namespace }: { path: string; namespace: string | undefined },
): Mention[] {
  const patterns = [
    new RegExp(`(?<![\\w./-])${escape(path)}(?![\\w.-])`),
    ...(namespace === undefined ? [] : [new RegExp(`\\.${escape(namespace)}(?:\\.svc\\b|(?=[:/"'\\s]|$))`)]),
  ];
  return [...text].flatMap(([file, content]) =>
    content.split('\n').flatMap((line, index) => {
      const found = patterns.some(pattern => pattern.test(line));
      return found ? [{ file, line: index + 1, text: line.trim() }] : [];
    }),
  );
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
