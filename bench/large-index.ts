/** A chart of the made-up index, and how many versions it has. */
export type MadeChart = { name: string; versions: number };

export type LargeIndex = { text: string; charts: MadeChart[] };

/**
 * An index.yaml of at least `bytes`, shaped like that of a large public repository: a few charts with hundreds of
 * versions, many with a handful, and per version the fields, the quotes and the folded lines of `helm repo index`. The same
 * on every machine.
 */
export function largeIndex(bytes: number, seed = 20_260_731): LargeIndex {
  const random = generator(seed);
  const charts: MadeChart[] = [];
  const parts = ['apiVersion: v1\nentries:\n'];
  for (let length = 0; length < bytes;) {
    const versions = Math.ceil(800 * random() ** 4);
    const chart = { name: `${word(random)}-${word(random)}-${charts.length}`, versions };
    const text = `  ${chart.name}:\n${versionTexts(chart, random)}`;
    charts.push(chart);
    parts.push(text);
    length += text.length;
  }
  parts.push('generated: "2026-07-31T00:00:00.000000000Z"\n');
  return { text: parts.join(''), charts };
}

type Random = () => number;

const WORDS =
  'agent alloy beyla canary cloud cost data edge flow graph grid kit lab log loop mesh metric node'.split(
    ' ',
  );

function versionTexts({ name, versions }: MadeChart, random: Random): string {
  const dependencies = Math.floor(random() * 8);
  const people = 1 + Math.floor(random() * 5);
  const isFolded = random() < 0.5;
  return Array.from({ length: versions }, (_, index) => {
    const version = `${Math.floor((versions - index) / 40)}.${(versions - index) % 40}.${Math.floor(random() * 9)}`;
    const created = new Date(Date.UTC(2026, 6, 31) - index * 86_400_000).toISOString().slice(0, 19);
    return [
      '  - annotations:',
      '      artifacthub.io/license: Apache-2.0',
      '      artifacthub.io/links: |',
      '        - name: Chart Source',
      '          url: https://github.com/example/helm-charts',
      '    apiVersion: v2',
      `    appVersion: ${random() < 0.3 ? '"1.20"' : `v1.${index % 30}.0`}`,
      `    created: "${created}.${String(Math.floor(random() * 1e9)).padStart(9, '0')}Z"`,
      ...list('dependencies', dependencies, at => [
        `alias: ${word(random)}${at}`,
        `name: ${word(random)}`,
        'repository: https://example.github.io/helm-charts',
        `version: ${at}.x.x`,
      ]),
      ...(isFolded
        ? [
            `    description: 'It''s a chart for ${name}: what it does is told in a line that is`,
            "      so long that it is folded.'",
          ]
        : [`    description: A chart for ${name}`]),
      `    digest: ${hex(random)}`,
      '    home: https://example.com',
      '    icon: https://raw.githubusercontent.com/example/assets/main/icons/an-icon-of-some-length.svg',
      '    kubeVersion: ^1.25.0-0',
      ...list('maintainers', people, () => [`email: ${word(random)}@example.com`, `name: ${word(random)}`]),
      `    name: ${name}`,
      '    sources:',
      `    - https://github.com/example/${name}`,
      '    type: application',
      '    urls:',
      `    - https://github.com/example/helm-charts/releases/download/${name}-${version}/${name}-${version}.tgz`,
      `    version: ${version}`,
      '',
    ].join('\n');
  }).join('');
}

function list(key: string, length: number, fields: (at: number) => string[]): string[] {
  if (length === 0) return [];
  const items = Array.from({ length }, (_, at) =>
    fields(at).map((field, line) => `    ${line === 0 ? '- ' : '  '}${field}`),
  );
  return [`    ${key}:`, ...items.flat()];
}

function word(random: Random): string {
  return WORDS[Math.floor(random() * WORDS.length)] ?? 'chart';
}

function hex(random: Random): string {
  return Array.from({ length: 8 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
}

/** mulberry32 */
function generator(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
