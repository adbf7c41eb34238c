import type { RepositoryText } from '../../src/repository/model.ts';

/** A repository's text from an object: paths to contents, with common indentation and the first newline removed. */
export function repositoryText(files: Record<string, string>): RepositoryText {
  return new Map(Object.entries(files).map(([path, text]) => [path, dedent(text)]));
}

/** Removes the first newline and the indentation that all lines share. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines
    .map(line => line.slice(Math.min(indent, line.length)))
    .join('\n')
    .replace(/[ ]+$/, '');
}
