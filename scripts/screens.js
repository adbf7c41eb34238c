// Records real runs on a terminal of 96 columns and draws them as pictures for README and docs, in the colours of whoever looks
// (light or dark):
//
//   npm run screens            writes docs/screens/*.svg
//   npm run screens -- OUT     writes them elsewhere
//
// It needs `script` (util-linux), and helm and kustomize or the renderer in .tools/bin.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const COLUMNS = 96;

/** What runs before, what is shown of which run, and how many lines of it. */
const SCREENS = {
  'new-app': { line: 'slipway new-app shop --chart ledger --demo ./fleet --yes', rows: 19 },
  upgrade: { line: 'slipway upgrade --demo ./fleet --yes --report report.md', rows: 8 },
  check: {
    before: [
      'slipway new-app shop --chart ledger --demo ./fleet --yes',
      `sed -i 's/httproute.yaml/route.yaml/' fleet/production/shop/kustomization.yaml`,
    ],
    line: 'slipway check production/shop -C fleet',
    rows: 20,
  },
};

function record({ before = [], line, rows }) {
  const home = mkdtempSync(path.join(tmpdir(), 'slipway-screen-'));
  try {
    const bin = path.join(home, 'bin');
    mkdirSync(bin);
    const program = path.join(bin, 'slipway');
    writeFileSync(
      program,
      `#!/bin/sh\nexec '${process.execPath}' '${path.join(ROOT, 'bin/slipway.js')}' "$@"\n`,
    );
    chmodSync(program, 0o755);
    const env = {
      PATH: [bin, path.join(ROOT, '.tools/bin'), process.env.PATH].join(path.delimiter),
      HOME: home,
      SLIPWAY_CACHE_DIR: path.join(home, 'cache'),
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
    };
    const options = { cwd: home, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    for (const each of before) execFileSync('sh', ['-c', each], options);
    const words = ['-qec', `stty cols ${COLUMNS}; ${line} --no-input || true`, '/dev/null'];
    const printed = lay(execFileSync('script', words, options));
    const shown =
      printed.length > rows ? [...printed.slice(0, rows - 1), [{ text: '…', look: {} }]] : printed;
    return draw(line, shown);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What stands on the screen in the end: lines that were written over are gone. Each line is a list of texts with their looks. */
function lay(output) {
  const lines = output.split('\n').map(
    line =>
      line
        .replace(/\r$/, '')
        .split(/\r|\x1b\[2K/)
        .at(-1) ?? '',
  );
  let look = {};
  const spans = lines.map(line =>
    line.split(/(\x1b\[[\d;?]*[A-Za-z])/).flatMap(part => {
      const code = /^\x1b\[([\d;]*)m$/.exec(part)?.[1];
      if (code !== undefined) look = lookAfter(look, code);
      return part === '' || part.startsWith('\x1b') ? [] : [{ text: part, look }];
    }),
  );
  while (spans.at(-1)?.length === 0) spans.pop();
  return spans;
}

const COLORS = { 31: 'red', 32: 'green', 33: 'yellow', 34: 'blue', 35: 'magenta', 36: 'cyan' };

function lookAfter(look, codes) {
  let now = look;
  for (const code of codes.split(';').map(Number)) {
    if (code === 0) now = {};
    if (code === 1) now = { ...now, bold: true };
    if (code === 2) now = { ...now, dim: true };
    if (code === 22) now = { ...now, bold: false, dim: false };
    if (COLORS[code]) now = { ...now, color: COLORS[code] };
    if (code === 39) now = { ...now, color: undefined };
  }
  return now;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const STYLE = `
text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #1c2128; white-space: pre; }
rect { fill: #f4f6f8; stroke: #d5dae0; }
.bold { font-weight: 700; } .dim { fill: #57606a; }
.red { fill: #b3261e; } .green { fill: #1a7f37; } .yellow { fill: #8a6100; } .blue { fill: #0a58ca; } .magenta { fill: #8250df; } .cyan { fill: #0b6b80; }
@media (prefers-color-scheme: dark) {
  text { fill: #dfe3e8; } rect { fill: #15181c; stroke: #343b44; } .dim { fill: #9aa4af; }
  .red { fill: #ff8a80; } .green { fill: #6fd58a; } .yellow { fill: #e3b341; } .blue { fill: #7db4ff; } .magenta { fill: #d2a8ff; } .cyan { fill: #76d5e8; }
}`;
const [WIDTH, HEIGHT, EDGE] = [8.45, 20, 16];

function draw(line, spans) {
  const all = [
    [
      { text: '$ ', look: { dim: true } },
      { text: line, look: { bold: true } },
    ],
    ...spans,
  ];
  const rows = all.map((row, at) => {
    const parts = row.map(({ text, look: { bold, dim, color } }) => {
      const names = [bold && 'bold', dim && 'dim', color].filter(Boolean).join(' ');
      return names === '' ? escape(text) : `<tspan class="${names}">${escape(text)}</tspan>`;
    });
    return `<text x="${EDGE}" y="${EDGE + 14 + at * HEIGHT}" xml:space="preserve">${parts.join('')}</text>`;
  });
  const [width, height] = [Math.ceil(COLUMNS * WIDTH) + 2 * EDGE, all.length * HEIGHT + 2 * EDGE];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(line)}">
<style>${STYLE}
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${rows.join('\n')}
</svg>
`;
}

const out = path.resolve(process.argv[2] ?? path.join(ROOT, 'docs/screens'));
mkdirSync(out, { recursive: true });
for (const [name, screen] of Object.entries(SCREENS))
  writeFileSync(path.join(out, `${name}.svg`), record(screen));
