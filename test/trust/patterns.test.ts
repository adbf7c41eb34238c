import { readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';
import { analyse } from 'scslre';
import { expect, test } from 'vitest';
import { sourceFiles } from '../support/source-tree.ts';

type Pattern = { place: string; source: string; flags: string };

function patternsIn(file: string): Pattern[] {
  const text = readFileSync(file, 'utf8');
  const found: Pattern[] = [];
  const visitor = new Visitor({
    Literal(node) {
      if (!('regex' in node)) return;
      const line = text.slice(0, node.start).split('\n').length;
      found.push({ place: `${file}:${line}`, source: node.regex.pattern, flags: node.regex.flags });
    },
  });
  visitor.visit(parseSync(file, text).program);
  return found;
}

test('C09 no pattern of ours takes longer than the length of what it reads asks for', () => {
  const patterns = sourceFiles().flatMap(({ file }) => patternsIn(file));
  expect(patterns.length).toBeGreaterThan(500);
  const slow = patterns.filter(({ source, flags }) => analyse({ source, flags }).reports.length > 0);
  expect(slow.map(({ place, source }) => `${place} /${source}/`)).toEqual([]);
});

test('what looks for slow patterns finds them', () => {
  expect(analyse({ source: String.raw`\s+$`, flags: '' }).reports).not.toEqual([]);
  expect(analyse({ source: '(a|a)*b', flags: '' }).reports).not.toEqual([]);
});
