import { compareVersions, parseVersion, type Version } from '../../charts/versions/versions.ts';
import { displayBlock } from '../../text/display.ts';

/** A section of a chart's own documents about a version that a step passes: its author's words. */
export type DocumentNote = { file: string; title: string; text: string };

type Section = { level: number; title: string; lines: string[]; isAbout: boolean };

const DOCUMENT = /^(?:UPGRAD(?:E|ING)|MIGRAT(?:E|ION)|BREAKING)[\w.-]*$|^README(?:\.md)?$/i;
const ABOUT_UPGRADES = /upgrad|migrat|breaking|升级|迁移/i;
const MOST_SECTIONS = 5;
const MOST_CHARACTERS = 1500;
const MOST_BYTES = 1 << 20;

/**
 * The sections of `UPGRADING.md` and the like, and those about upgrades in `README.md`, whose heading names a version that
 * lies between two versions of a chart: bounded, and without control characters.
 */
export function documentNotes(
  files: ReadonlyMap<string, Buffer>,
  { from, to }: { from: string; to: string },
): DocumentNote[] {
  const [low, high] = [parseVersion(from), parseVersion(to)];
  if (!low || !high) return [];
  const documents = [...files].filter(([file, bytes]) => DOCUMENT.test(file) && bytes.length <= MOST_BYTES);
  const notes = documents.flatMap(([file, bytes]) => {
    const isAbout = !/^README/i.test(file);
    return sectionsOf(bytes.toString('utf8'), isAbout)
      .filter(section => section.isAbout && namesPassed(section.title, low, high))
      .map(({ title, lines }) => ({ file, title: displayBlock(title), text: bounded(lines) }));
  });
  return notes.slice(0, MOST_SECTIONS);
}

/** By headings; the text of a section ends where the next heading of its level or a higher one begins. */
function sectionsOf(text: string, isAbout: boolean): Section[] {
  const sections: Section[] = [];
  const open: Section[] = [];
  let isCode = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isCode = !isCode;
    const [, marks = '', title = ''] = (!isCode && /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line)) || [];
    if (marks !== '') {
      while ((open.at(-1)?.level ?? 0) >= marks.length) open.pop();
      const isInside = open.some(outer => ABOUT_UPGRADES.test(outer.title));
      const section = {
        level: marks.length,
        title: title.replace(/[ \t]#+[ \t]*$/, '').trim(),
        lines: [],
        isAbout: isAbout || isInside || ABOUT_UPGRADES.test(title),
      };
      sections.push(section);
      open.push(section);
    } else open.at(-1)?.lines.push(line);
  }
  return sections;
}

// A number alone is a version where a word says so: `to 8`, not `in 3 steps`.
const VERSION =
  /(?<![\w.-])(?:v?\d{1,9}(?:\.(?:\d{1,9}|[x*])){1,2}|v\d{1,9}|(?<=\b(?:to|version|release|升级到|升级至) ?)\d{1,9}|(?<=^)\d{1,9}(?=$))(?![\w.])/gi;

/** `2.0.0`, `v5`, `40.x`: what is left out is nought. `from 1.x to 2.x` is about the last. */
function namesPassed(title: string, low: Version, high: Version): boolean {
  const named = title.match(VERSION) ?? [];
  const [target] = named.flatMap(text => parseVersion(text.replaceAll(/\.[xX*]/g, '')) ?? []).toReversed();
  return target !== undefined && compareVersions(target, low) > 0 && compareVersions(target, high) <= 0;
}

function bounded(lines: readonly string[]): string {
  const text = displayBlock(
    lines
      .join('\n')
      .trim()
      .replaceAll(/\n{3,}/g, '\n\n'),
  );
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
