import { untranslated } from '../../src/text/language.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editKustomization, type KustomizationChange } from '../../src/repository/kustomization-edit.ts';
import { diffLines } from '../../src/output/line-diff.ts';
import { KUSTOMIZATIONS } from '../support/kustomizations.ts';

const STYLE = {
  sectionOrder: {
    value: ['namespace', 'resources', 'helmCharts', 'images', 'transformers'] as const,
    evidence: untranslated(''),
  },
  listIndent: {
    resources: { value: 0, evidence: untranslated('') },
    helmCharts: { value: 0, evidence: untranslated('') },
    images: { value: 2, evidence: untranslated('') },
    transformers: { value: 2, evidence: untranslated('') },
  },
};

function edit(text: string, ...changes: KustomizationChange[]): string {
  const style = {
    ...STYLE,
    sectionOrder: { value: [...STYLE.sectionOrder.value], evidence: untranslated('') },
  };
  return editKustomization({ text, path: 'kustomization.yaml', changes, style });
}

const ADDITIONS = {
  resources: { kind: 'add', section: 'resources', item: 'resources/new.yaml' },
  helmCharts: {
    kind: 'add',
    section: 'helmCharts',
    item: {
      name: 'loki',
      repo: 'https://charts.example',
      version: '1.10',
      releaseName: 'loki',
      includeCRDs: true,
    },
  },
  images: { kind: 'add', section: 'images', item: { name: 'nginx', newName: 'docker.io/library/nginx' } },
  transformers: { kind: 'add', section: 'transformers', item: '../../image-prefix.yaml' },
} as const satisfies Record<string, KustomizationChange>;

const EVERY = Object.entries(KUSTOMIZATIONS).flatMap(([shape, text]) =>
  Object.values(ADDITIONS).map((change): [string, string, KustomizationChange & { kind: 'add' }] => [
    shape,
    text,
    change,
  ]),
);

describe('whatever the shape', () => {
  test.each(EVERY)('%s: the item is added, nothing else is different, twice is once', (_, text, change) => {
    const edited = edit(text, change);
    const before = (parse(text) ?? {}) as Record<string, unknown>;
    const after = parse(edited) as Record<string, unknown>;
    const list = before[change.section];
    expect(after).toEqual({
      ...before,
      [change.section]: [...(Array.isArray(list) ? list : []), change.item],
    });
    expect(edit(edited, change)).toBe(edited);
  });

  const blockShapes = EVERY.filter(([shape]) => !/bracket|nothing|JSON|newline/.test(shape));
  test.each(blockShapes)('%s: the diff is added lines only', (_, text, change) => {
    const lines = diffLines(text, edit(text, change)).filter(({ kind }) => kind === 'removed');
    expect(lines).toEqual([]);
  });
});

test.each(['# to come\n...\n...\n', '# to come\n---\n---\nresources: []\n'])(
  'Y15 behind the end of its document nothing is added: %j',
  text => {
    expect(() => edit(text, ADDITIONS.images)).toThrow(expect.objectContaining({ code: 'E_YAML_SHAPE' }));
  },
);

function added(shape: string, section: keyof typeof ADDITIONS): string[] {
  const text = KUSTOMIZATIONS[shape] ?? '';
  return diffLines(text, edit(text, ADDITIONS[section]))
    .filter(({ kind }) => kind !== 'hunk')
    .map(({ text: line }) => line);
}

describe('the style is the file’s own', () => {
  test('all lists two deeper: so is a new one, with blank lines around it', () => {
    expect(added('lists two deeper, blank lines between sections', 'helmCharts')).toEqual([
      ' resources:',
      '   - resources/namespace.yaml',
      ' ',
      '+helmCharts:',
      '+  - name: loki',
      '+    repo: https://charts.example',
      '+    version: "1.10"',
      '+    releaseName: loki',
      '+    includeCRDs: true',
      '+',
      ' images:',
      '   - name: redis',
      '     newName: docker.io/library/redis',
    ]);
  });

  test('the lists of the file disagree: the repository decides', () => {
    expect(added('both indentations in one file', 'images')).toContain('+  - name: nginx');
    expect(added('both indentations in one file', 'helmCharts')).toContain('+- name: loki');
  });

  test('comments of the last entry stay with it, commented-out entries stay behind the new one', () => {
    expect(added('comments between and behind entries', 'images')).toEqual([
      '   - name: redis',
      '     newName: docker.io/library/redis # mirror',
      '     # keep the tag',
      '+  - name: nginx',
      '+    newName: docker.io/library/nginx',
      ' transformers:',
      '   - prefix.yaml',
    ]);
    expect(added('comments between and behind entries', 'resources')).toContain('+  - resources/new.yaml');
    expect(
      added('a commented-out entry at the end of a list, in the column of its key', 'resources').slice(2, 5),
    ).toEqual([' - resources/service.yaml', '+- resources/new.yaml', ' # - resources/second.yaml']);
  });

  test('a new section stands in front of a commented-out one, and behind commented-out entries', () => {
    expect(added('a commented-out section at the end', 'images').slice(2)).toEqual([
      ' - resources/namespace.yaml',
      '+images:',
      '+- name: nginx',
      '+  newName: docker.io/library/nginx',
      ' # NOTE: no mirror here, to break the circle',
      ' # transformers:',
      ' #   - prefix.yaml',
    ]);
    expect(
      added('a commented-out entry at the end of a list, in the column of its key', 'images').slice(2, 4),
    ).toEqual([' # - resources/third.yaml', '+images:']);
    expect(added('a commented-out section inside another', 'images').slice(2, 4)).toEqual([
      '   #   - prefix.yaml',
      '+images:',
    ]);
  });

  test('quotes and gaps are taken over', () => {
    expect(added('quoted entries', 'resources')).toContain(`+- 'resources/new.yaml'`);
    expect(added('quoted entries', 'images')).toContain('+  newName: "docker.io/library/nginx"');
    expect(added('no namespace, a nested folder, a wide gap behind the dash', 'resources')).toContain(
      '+-   resources/new.yaml',
    );
  });

  test('between brackets it stays between brackets', () => {
    const text = KUSTOMIZATIONS['lists between brackets'] ?? '';
    const edited = edit(text, ...Object.values(ADDITIONS).filter(({ section }) => section !== 'helmCharts'));
    expect(edited).toContain(
      '[resources/namespace.yaml, resources/service.yaml, resources/new.yaml] # short',
    );
    expect(edited).toContain(
      '[{ name: redis, newName: docker.io/library/redis }, { name: nginx, newName: docker.io/library/nginx }]',
    );
    expect(edited).toContain('[\n  prefix.yaml,\n  ../../image-prefix.yaml,\n]');
    const json = edit(KUSTOMIZATIONS['JSON'] ?? '', ADDITIONS.resources, ADDITIONS.images);
    expect(JSON.parse(json)).toMatchObject({ images: [ADDITIONS.images.item] });
    expect(json).toContain('    "resources/namespace.yaml",\n    "resources/new.yaml"\n  ]');
  });

  test('CRLF and a missing final newline', () => {
    expect(
      edit(KUSTOMIZATIONS['CRLF'] ?? '', ...Object.values(ADDITIONS)).replaceAll('\r\n', ''),
    ).not.toContain('\n');
    expect(edit(KUSTOMIZATIONS['no final newline'] ?? '', ADDITIONS.resources)).toMatch(
      /namespace\.yaml\n- resources\/new\.yaml$/,
    );
  });
});

describe('what is there already', () => {
  const text =
    'resources:\n- ./resources/new.yaml\n- folder/\nhelmCharts:\n- name: loki\n  releaseName: loki\n  version: 9\n';
  test.each([
    [ADDITIONS.resources],
    [{ ...ADDITIONS.resources, item: 'folder' }],
    [{ ...ADDITIONS.helmCharts }],
  ])('%j changes nothing', change => {
    expect(edit(text, change)).toBe(text);
  });

  test('the same chart under another release is another entry', () => {
    const item = { ...ADDITIONS.helmCharts.item, releaseName: 'second' };
    expect(edit(text, { ...ADDITIONS.helmCharts, item })).toContain('releaseName: second');
  });
});

describe('fields', () => {
  const text = `helmCharts:
- name: a
  version: "1.0.0" # pinned
- name: b
  valuesFile: values/b-2.0.0.yaml
  version: 2.0.0
`;

  test('a chart’s version and values file get another text in their own quotes', () => {
    const edited = edit(
      text,
      { kind: 'set', path: ['helmCharts', 0, 'version'], text: '1.1.0' },
      { kind: 'set', path: ['helmCharts', 1, 'version'], text: '2.10' },
      { kind: 'set', path: ['helmCharts', 1, 'valuesFile'], text: 'values/b-2.10.yaml' },
    );
    expect(edited).toBe(`helmCharts:
- name: a
  version: "1.1.0" # pinned
- name: b
  valuesFile: values/b-2.10.yaml
  version: "2.10"
`);
  });

  test.each([
    ['Y16 a field that is not there', text, ['helmCharts', 0, 'valuesFile']],
    ['Y17 a field behind an alias', 'a: &v 1.0\nhelmCharts:\n- version: *v\n', ['helmCharts', 0, 'version']],
  ])('%s is refused', (_, before, path) => {
    expect(() => edit(before, { kind: 'set', path, text: 'x' })).toThrow(
      expect.objectContaining({ code: 'E_YAML_SHAPE' }),
    );
  });
});

describe('what cannot be edited without touching more', () => {
  test.each([
    ['Y17 a list shared by an anchor', 'a: &r [x.yaml]\nresources: *r\n'],
    ['Y17 a list that others share', 'resources: &r [x.yaml]\nother: *r\n'],
    ['Y16 a text where a list belongs', 'resources: x.yaml\n'],
    ['Y16 a map where a list belongs', 'resources:\n  a: b\n'],
  ])('%s is refused', (_, text) => {
    expect(() => edit(text, ADDITIONS.resources)).toThrow(expect.objectContaining({ code: 'E_YAML_SHAPE' }));
  });
});

test('Y21 any number of additions in any order: the data is the model’s', () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}[a-z]$/);
  const change = fc.oneof(
    names.map((name): KustomizationChange => ({
      kind: 'add',
      section: 'resources',
      item: `resources/${name}.yaml`,
    })),
    names.map((name): KustomizationChange => ({
      kind: 'add',
      section: 'images',
      item: { name, newName: `docker.io/${name}` },
    })),
    names.map((name): KustomizationChange => ({
      kind: 'add',
      section: 'transformers',
      item: `${name}.yaml`,
    })),
  );
  const shapes = fc.constantFrom(...Object.values(KUSTOMIZATIONS));
  fc.assert(
    fc.property(shapes, fc.array(change, { maxLength: 6 }), (text, changes) => {
      const after = parse(edit(text, ...changes)) as Record<string, unknown[]>;
      const model = (parse(text) ?? {}) as Record<string, unknown[] | null>;
      for (const { section, item } of changes.flatMap(each => (each.kind === 'add' ? each : []))) {
        const list = model[section] ?? [];
        const name = (entry: unknown): unknown =>
          typeof entry === 'string' ? entry : (entry as { name: string }).name;
        if (!list.some(entry => name(entry) === name(item))) model[section] = [...list, item];
      }
      expect(after ?? {}).toEqual(model);
    }),
    { numRuns: 300 },
  );
});
