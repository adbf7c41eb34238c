import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { machine, paste } from './support/printed-lines.ts';
import { makeFolder, writeFiles } from './support/repository.ts';
import { findTool } from './support/tools.js';

type Step = { line: string; shown: string[] };

/** The lines that a page runs, in order, each with what it shows of what is printed. */
function steps(page: string): Step[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```console\n([^]*?)^```/gm)];
  const lines = blocks.flatMap(([, block = '']) => block.trimEnd().split('\n'));
  const found: Step[] = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) found.push({ line: line.slice(2), shown: [] });
    else found.at(-1)?.shown.push(line);
  }
  return found;
}

/** What is left out is an ellipsis at the end of a line. */
function isPrinted(text: string, printed: readonly string[]): boolean {
  const isCut = text.endsWith('…');
  return printed.some(line => (isCut ? line.startsWith(text.slice(0, -1)) : line === text));
}

const tools = ['helm', 'kustomize'].filter(name => findTool(name));

test.each([
  ['docs/tutorial.md', []],
  ['docs/tutorial.md', tools],
  ['docs/zh-CN/tutorial.md', tools],
])('%s runs as it stands, with %o', async (page, programs) => {
  const env = machine({ slipway: true, tools: programs });
  let cwd = makeFolder();
  const told: [string, number, string[]][] = [];
  const expected: typeof told = [];
  for (const { line, shown } of steps(page)) {
    const into = /^cd (\S+)$/.exec(line)?.[1];
    if (into !== undefined) {
      cwd = `${cwd}/${into}`;
      continue;
    }
    const { code, stdout, stderr } = await paste([line], cwd, env);
    const printed = `${stderr}\n${stdout}`.split('\n');
    told.push([line, code, shown.filter(text => !isPrinted(text, printed))]);
    expected.push([line, line === 'slipway upgrade wiki' ? 3 : 0, []]);
  }
  expect(expected.length).toBeGreaterThan(15);
  expect(told).toEqual(expected);
});

test('both languages run the same lines', () => {
  expect(steps('docs/zh-CN/tutorial.md')).toEqual(steps('docs/tutorial.md'));
});

type Doing = { line?: string; shown: string[]; file?: string; text?: string };

/** What a page of generators has a reader do, in order: lines to run, and files to write, which are named right before their text. */
function doings(page: string): Doing[] {
  const text = readFileSync(page, 'utf8').split(/^## (?:Questions|问题)/m)[0] ?? '';
  const blocks = [...text.matchAll(/`([^`\n]+)`[^`]*\n\n```yaml\n([^]*?)^```|^```console\n([^]*?)^```/gm)];
  return blocks.flatMap(([, file, content, lines]): Doing[] => {
    if (file !== undefined && content !== undefined) return [{ file, text: content, shown: [] }];
    const found: { line: string; shown: string[] }[] = [];
    for (const line of (lines ?? '').trimEnd().split('\n'))
      if (line.startsWith('$ ')) found.push({ line: line.slice(2), shown: [] });
      else found.at(-1)?.shown.push(line);
    return found;
  });
}

test.each(['docs/generators.md', 'docs/zh-CN/generators.md'])(
  '%s builds a generator as it stands',
  async page => {
    const env = machine({ slipway: true, tools: [] });
    let cwd = makeFolder();
    const told: [string, number, string[]][] = [];
    const files: string[] = [];
    for (const { line, shown, file, text = '' } of doings(page)) {
      if (file !== undefined) {
        files.push(file);
        writeFiles(cwd, { [file]: text });
        continue;
      }
      if (line === undefined) continue;
      const into = /^cd (\S+)$/.exec(line)?.[1];
      if (into !== undefined) {
        cwd = `${cwd}/${into}`;
        continue;
      }
      const { code, stdout, stderr } = await paste([line], cwd, env);
      const printed = `${stderr}\n${stdout}`.split('\n');
      told.push([line, code, shown.filter(each => !isPrinted(each, printed))]);
    }
    expect(files.length).toBe(4);
    expect(told.length).toBeGreaterThan(15);
    expect(told).toEqual(
      told.map(([line]) => [line, line === 'slipway check .slipway/generators' ? 1 : 0, []]),
    );
  },
);
