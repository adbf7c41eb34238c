import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { mergeValues } from '../src/values/merge-values.ts';
import { compare, printTable } from './measure.ts';
import { BIN } from './start-up.ts';

const BYTES = 170 << 10;
const ROUNDS = 15;

type Side = 'base' | 'ours' | 'theirs';
type Files = Record<Side, string>;

/**
 * Values files of the size of argo-cd's: the merge against parsing the three once with `yaml`, in one process; then whole
 * programs, against `git merge-file`; and what each makes of them.
 */
export async function mergeValuesBench(): Promise<void> {
  const texts = largeValues(BYTES);
  printInProcess(texts);
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-bench-'));
  try {
    for (const [side, text] of Object.entries(texts)) writeFileSync(path.join(folder, `${side}.yaml`), text);
    const slipway = ['merge-values', '--base', 'base.yaml', '--ours', 'ours.yaml', '--theirs', 'theirs.yaml'];
    const parse = `const {parseAllDocuments}=require('yaml');for(const f of ['base','ours','theirs'])parseAllDocuments(require('fs').readFileSync('${folder}/'+f+'.yaml','utf8'))`;
    const contenders = [
      { name: 'yaml parses the three', command: [process.execPath, '-e', parse] },
      { name: 'slipway merge-values', command: [process.execPath, BIN, ...slipway], cwd: folder },
      {
        name: 'git merge-file',
        command: ['sh', '-c', 'git merge-file -p ours.yaml base.yaml theirs.yaml || :'],
        cwd: folder,
      },
    ];
    printTable(await compare(contenders, ROUNDS));
    printResults(folder, texts);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printInProcess(texts: Files): void {
  const parsing: number[] = [];
  const merging: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    for (const text of Object.values(texts)) parseAllDocuments(text);
    const parsed = performance.now();
    mergeValues(texts);
    if (round > 0) parsing.push(parsed - start);
    if (round > 0) merging.push(performance.now() - parsed);
  }
  const [parse, merge] = [median(parsing), median(merging)];
  const ratio = (merge / parse).toFixed(2);
  console.log(`in one process: yaml ${parse.toFixed(0)} ms, merge ${merge.toFixed(0)} ms, ${ratio} x`);
}

/** Conflicts, and lines that differ from the new defaults. */
function printResults(folder: string, texts: Files): void {
  const run = spawnSync('git', ['merge-file', '-p', 'ours.yaml', 'base.yaml', 'theirs.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { proof, decisions } = mergeValues(texts);
  console.log(`slipway: ${decisions.length} decisions, ${proof.lines} lines differ from the new defaults`);
  console.log(`git merge-file: ${run.status} conflicts`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Components with documented settings; the team changed some, upstream others, often on neighbouring lines. */
function largeValues(bytes: number): Files {
  const files: Files = { base: '', ours: '', theirs: '' };
  for (let number = 0; files.base.length < bytes; number++)
    for (const side of ['base', 'ours', 'theirs'] as const) files[side] += component(side, number);
  return files;
}

function component(side: Side, number: number): string {
  const isOurs = side === 'ours' && number % 5 === 0;
  const isTheirs = side === 'theirs' && number % 3 === 0;
  const resources = isOurs
    ? '  resources:\n    limits:\n      cpu: 100m\n      memory: 64Mi\n'
    : '  resources: {}\n  #  limits:\n  #    cpu: 100m\n  #    memory: 64Mi\n';
  return `
## Component ${number}
component${number}:
  # -- Whether it runs
  # @default -- \`true\`
  enabled: ${isOurs ? 'false # not here' : 'true'}
  image:
    # -- Repository of the image
    repository: registry.example/component-${number}
    # -- Tag, by default the appVersion
    tag: "${isTheirs ? '1.1' : '1.0'}.${number}"
    pullPolicy: ${isOurs ? 'Always' : 'IfNotPresent'}
${isTheirs ? '    # -- Digest, wins over the tag\n    digest: ""\n' : ''}  # -- Environment
  env: []
  # - name: LEVEL
  #   value: debug
${resources}  ports:
    - name: http
      port: ${8000 + number}
    - name: metrics
      port: ${9000 + number}
  probes: { initialDelay: 10, period: 5 }
  config: |
    level=info
    id=${number}
`;
}
