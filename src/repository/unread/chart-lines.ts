import { lineColumn } from '../../yaml/read.ts';
import type { ChartPlaceKind } from './chart-places.ts';

/** What a file that is no YAML, or none yet, says of charts: a pattern for each of them, per kind of file. */
const TEXTS: readonly { file: RegExp; kind: ChartPlaceKind; chart: RegExp; atLeast: number }[] = [
  {
    file: /(?:^|\/)(?:helmfile(?:\.d\/.+)?\.ya?ml(?:\.gotmpl)?)$/,
    kind: 'helmfile',
    chart: /^[ \t]*(?:-[ \t]+)?chart:[ \t]*[^\s#]/gm,
    atLeast: 1,
  },
  { file: /\.tf$/, kind: 'helm_release', chart: /^[ \t]*resource[ \t]+"helm_release"/gm, atLeast: 0 },
  {
    file: /(?:\.(?:sh|bash|zsh|mk)|(?:^|\/)(?:GNUmakefile|[Mm]akefile|\.?[Jj]ustfile))$/,
    kind: 'script',
    chart: helmCommand(),
    atLeast: 0,
  },
  { file: /(?:^|\/)(?:Taskfile|\.gitlab-ci)\.ya?ml$/, kind: 'script', chart: helmCommand(), atLeast: 0 },
];

/**
 * `helm upgrade --install x y` where a command may begin: on a line of its own, behind `;`, `&&`, `|` or `$(`, behind
 * `sudo` or a variable. Each repetition is bounded: scripts are anybody's.
 */
function helmCommand(): RegExp {
  const begins = String.raw`(?:^|[;&|(${'`'}])[ \t]*(?:[-@+]{1,3}[ \t]*)?`;
  const before = String.raw`(?:(?:sudo|exec|time|then|do|if|else|!|cmd:|\w{1,40}=\S{0,80})[ \t]+){0,4}`;
  const helm = String.raw`["']?(?:helm3?|\$[({]HELM[)}]|\$HELM)["']?[ \t]+`;
  const flags = String.raw`(?:-\S{1,80}[ \t]+(?:[^\s-]\S{0,80}[ \t]+)?){0,6}?`;
  return new RegExp(`${begins}${before}${helm}${flags}(?:install|upgrade)[ \\t]+[^\\s#]`, 'gm');
}

/** Whether a file that is no YAML is worth looking into: a script, a Makefile, a helmfile in a template, Terraform. */
export function isScript(file: string): boolean {
  return !/\.ya?ml$/.test(file) && TEXTS.some(each => each.file.test(file));
}

/** The charts that a file's lines give, and where the first stands; undefined where there are none. */
export function chartsInLines(
  file: string,
  text: string,
): { kind: ChartPlaceKind; charts: number; line: number } | undefined {
  const known = TEXTS.find(each => each.file.test(file));
  if (!known) return undefined;
  const joined = text.replaceAll('\\\r\n', '   ').replaceAll('\\\n', '  ');
  const found = [...joined.matchAll(known.chart)];
  const charts = Math.max(found.length, known.atLeast);
  if (charts === 0) return undefined;
  const first = found[0];
  const start = first ? first.index + first[0].length - first[0].trimStart().length : 0;
  return { kind: known.kind, charts, line: lineColumn(text, start).line };
}
