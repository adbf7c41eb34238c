import { displayBlock } from '../../text/display.ts';
import { withoutScratch } from '../files/scratch-folder.ts';
import type { ProgramResult } from './process.ts';

/** Beginning and end of a long reason: the place comes first, what is wrong with it last. */
const LONGEST = 600;

/**
 * What a renderer complains about, as one line: all of its last error, which may go over several lines, without the warnings
 * and the usage around it.
 */
export function saidWhy({ stderr, code }: Pick<ProgramResult, 'stderr' | 'code'>): string {
  const said = withoutScratch(displayBlock(stderr)).trim();
  const why = (klogError(said) ?? lastError(said) ?? said.split('\n').at(-1) ?? '').replaceAll(/\s+/g, ' ');
  return shortened(why.trim()) || `exit code ${code}`;
}

/** kubectl's newer way: `E1128 08:16:59.637723 31401 run.go:72] "command failed" err="…"`, or `err=<` with indented lines up to ` >`. */
function klogError(said: string): string | undefined {
  const found = /^[EF]\d{4} .*? err=/m.exec(said);
  const start = found ? said.slice(found.index + found[0].length) : '';
  const block = /^<\n([^]*?)\n >/.exec(start)?.[1];
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(start)?.[1];
  return block ?? quoted?.replaceAll(/\\n|\\t/g, ' ').replaceAll(/\\(["\\])/g, '$1');
}

function lastError(said: string): string | undefined {
  const start = [...said.matchAll(/^error:[ \t]*/gim)].at(-1);
  return start && said.slice(start.index + start[0].length).split(/(?<!\n)\n+(?:Usage:|Use --debug )/)[0];
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = LONGEST / 2;
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}
