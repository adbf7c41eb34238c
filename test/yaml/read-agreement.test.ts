import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from 'yaml';
import { readLocated } from '../../src/yaml/read.ts';
import type { Step } from '../../src/yaml/nodes.ts';
import { findTool } from '../support/tools.js';
import { yamlTexts } from '../support/yaml-texts.ts';

const oracle = findTool('readyaml');

function reading(text: string) {
  const result = readLocated(text);
  if (result.status === 'unreadable') throw new Error(JSON.stringify(result.problem));
  return result.yaml;
}

/** Every path of a document with the offset that it leads to: of its key, or of the item itself. */
function placesIn(node: Node | null, path: Step[] = []): [Step[], number | undefined][] {
  if (isMap<Node, Node | null>(node))
    return node.items.flatMap(({ key, value }: Pair<Node, Node | null>) => {
      const own = [...path, isScalar(key) ? String(key.value) : ''];
      return [[own, key.range?.[0]], ...placesIn(value, own)];
    });
  if (!isSeq<Node>(node)) return [];
  return node.items.flatMap((item, index) => {
    const own = [...path, index];
    const place: [Step[], number | undefined] = [own, item.range?.[0]];
    // An empty item stands nowhere, a block scalar where its text begins.
    const isPlaced = isScalar(item) && item.source !== '' && !item.type?.startsWith('BLOCK');
    return isPlaced ? [place] : placesIn(item, own);
  });
}

test('positions are those that the syntax tree has', () => {
  fc.assert(
    fc.property(yamlTexts, ({ text }) => {
      const yaml = reading(text);
      const documents = [parseAllDocuments<Node>(text)].flat();
      const places = documents.flatMap(({ contents }, document) =>
        placesIn(contents).map(([path, offset]) => [document, path, offset] as const),
      );
      const seen = places.map(([document, path]) => [document, path, yaml.offsetOf(document, path)] as const);
      expect(seen).toEqual(places);
    }),
    { numRuns: 300 },
  );
});

test.skipIf(!oracle)('data is what Go reads', () => {
  const texts = fc
    .sample(yamlTexts, { numRuns: 400, seed: 7 })
    // Go knows no directive of 1.2.
    .map(({ text }) => text.replace(/%YAML 1\.2\r?\n/, ''));
  const answer = execFileSync(oracle ?? '', { input: JSON.stringify(texts), encoding: 'utf8' });
  const answers = JSON.parse(answer) as { documents?: unknown[]; error?: string }[];
  // A tab behind a dash is refused by Go, and read by us.
  const read = texts.flatMap((text, at) =>
    answers[at]?.error ? [] : [[text, answers[at]?.documents ?? []]],
  );
  expect(read.length).toBeGreaterThan(300);
  const ours = read.map(([text]) => {
    const result = readLocated(String(text));
    return result.status === 'read'
      ? (JSON.parse(JSON.stringify(result.yaml.documents)) as unknown)
      : result.problem.reason;
  });
  expect(read.map(([text], at) => [text, ours[at]])).toEqual(read);
});
