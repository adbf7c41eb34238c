import { untranslated } from '../../../src/text/language.ts';
import assert from 'node:assert';
import { parseSource, toData } from '../../../src/yaml/source.ts';
import {
  editKustomization,
  type EditStyle,
  hasItem,
  type KustomizationChange,
} from '../../../src/repository/kustomization-edit.ts';
import { parseKustomization } from '../../../src/repository/kustomization.ts';
import { KUSTOMIZATIONS } from '../../support/kustomizations.ts';
import { type Random, randomOf } from '../random.ts';
import type { Target } from '../target.ts';

const FILE = 'kustomization.yaml';

const WITH_CHARTS = `namespace: web
resources:
  - resources/namespace.yaml
helmCharts: # two
  - name: web
    repo: https://charts.example
    version: "1.2.3" # held
    releaseName: web
    valuesFile: values/web-1.2.3.yaml
  - {name: cache, version: 4.5.6, releaseName: cache}
`;

export const kustomizationEdit: Target = {
  about: 'an edit of a kustomization: it parses, the one thing changed and no other, twice is once',
  seeds: [...Object.values(KUSTOMIZATIONS), WITH_CHARTS].map(text => Buffer.from(text)),
  run(input) {
    const text = input.toString();
    const random = randomOf(input);
    const before = parseKustomization(text, FILE);
    const change = changeFor(before.charts.length, random);
    const style = STYLES[random.below(STYLES.length)] ?? style0;
    const edited = editKustomization({ text, path: FILE, changes: [change], style });
    const again = editKustomization({ text: edited, path: FILE, changes: [change], style });
    assert.strictEqual(again, edited, 'a second run changes something');
    const had = change.kind === 'add' && hasItem(before, change);
    if (had) assert.strictEqual(edited, text, 'it was there');
    else assert.deepStrictEqual(plain(edited), expected(text, change), 'something else changed');
    if (change.kind === 'add' && !/[[\]{}]/.test(text)) requireLinesKept(text, edited);
  },
};

function styleWith(indent: number): EditStyle {
  const value = { value: indent, evidence: untranslated('') };
  return {
    sectionOrder: {
      value: ['namespace', 'resources', 'helmCharts', 'images', 'transformers'],
      evidence: untranslated(''),
    },
    listIndent: { resources: value, helmCharts: value, images: value, transformers: value },
  };
}

const style0 = styleWith(0);
const STYLES = [style0, styleWith(2)];

function changeFor(charts: number, random: Random): KustomizationChange {
  const chart = { name: 'loki', repo: 'https://charts.example', version: '1.10', releaseName: 'loki' };
  const changes: KustomizationChange[] = [
    { kind: 'add', section: 'resources', item: 'resources/new.yaml' },
    { kind: 'add', section: 'transformers', item: '../../image-prefix.yaml' },
    { kind: 'add', section: 'images', item: { name: 'nginx', newName: 'docker.io/library/nginx' } },
    { kind: 'add', section: 'helmCharts', item: { ...chart, includeCRDs: true } },
    ...Array.from({ length: charts }, (_, index): KustomizationChange => ({
      kind: 'set',
      path: ['helmCharts', index, 'version'],
      text: '1.10',
    })),
  ];
  return random.pick(changes);
}

function plain(text: string): Record<string, unknown> {
  return (toData(parseSource(text, FILE)) ?? {}) as Record<string, unknown>;
}

function expected(text: string, change: KustomizationChange): Record<string, unknown> {
  const data = plain(text);
  if (change.kind === 'add') {
    const list = data[change.section];
    return { ...data, [change.section]: [...(Array.isArray(list) ? (list as unknown[]) : []), change.item] };
  }
  let parent: unknown = data;
  for (const step of change.path.slice(0, -1)) parent = (parent as Record<string, unknown>)[step];
  (parent as Record<string, unknown>)[String(change.path.at(-1))] = change.text;
  return data;
}

/** Every line is still there, in its order; but a key without a value has one now. */
function requireLinesKept(text: string, edited: string): void {
  const lines = edited.split(/\r?\n/);
  let at = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || /: *(?:null|~)? *(?:#.*)?$/.test(line)) continue;
    const found = lines.indexOf(line, at);
    assert.ok(found >= 0, `the line ${JSON.stringify(line)} is gone`);
    at = found + 1;
  }
}
