import { asList, isRecord, stringOf } from '../../../data/fields.ts';
import { addTo } from '../../../data/append.ts';
import { placeId, type Place } from '../../chart-use.ts';
import type { Element } from '../../../repository/sets/element.ts';
import { filledText, type FilledText, type Filling, whyOpen } from '../../../repository/sets/fill.ts';

/** The texts of a source in a template that say which chart it is, and of which release. */
export type SourceTexts = {
  chart: string | undefined;
  url: string | undefined;
  /** Undefined where no version is written. */
  revision: string | undefined;
  release: string;
  namespace: string | undefined;
};

/** The same for some of the Applications of a set. */
export type FilledSource = SourceTexts & {
  /** What tells it from the others that the same source makes; undefined for the only one. */
  id: string | undefined;
  /** The place that alone gives the version; undefined where the template itself does, or nothing does alone. */
  from: Place | undefined;
  /** Why the version is nobody's to move. */
  held: string | undefined;
  /** The values files that Applications of the set name, where the template says them with parameters. */
  valueFiles: readonly string[] | undefined;
};

type Templated = { texts: SourceTexts; helm: unknown; filling: Filling; elements(): readonly Element[] };

/** A source of a template for each place that decides its chart and version; what cannot be told is left out, or held. */
export function filledSources({ texts, helm, filling, elements }: Templated): FilledSource[] {
  const files = asList(isRecord(helm) ? helm['valueFiles'] : undefined).flatMap(file => stringOf(file) ?? []);
  const isOpen = [texts.chart, texts.url, texts.revision].some(hasTemplate);
  if (!isOpen && !files.some(hasTemplate)) return [{ ...texts, ...ALONE }];
  const made = elements().map(element => filledWith(texts, files, text => filling.fill(text, element)));
  if (!isOpen) return [{ ...texts, ...ALONE, valueFiles: filesOf(made) }];
  const groups = new Map<string, Made[]>();
  for (const each of made) if (each.chart && each.url) addTo(groups, keyOf(each), each);
  return [...groups].map(([key, own]) => ({ ...asOne(texts, own), id: groups.size > 1 ? key : undefined }));
}

const ALONE = { id: undefined, from: undefined, held: undefined, valueFiles: undefined };

function hasTemplate(text: string | undefined): boolean {
  return text?.includes('{{') === true;
}

type Made = Omit<FilledSource, 'id'>;

function filledWith(
  texts: SourceTexts,
  files: readonly string[],
  filled: (text: string) => FilledText,
): Made {
  const told = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : filledText(filled(text));
  return {
    chart: told(texts.chart),
    url: told(texts.url),
    release: told(texts.release) ?? texts.release,
    namespace: told(texts.namespace) ?? texts.namespace,
    ...versionOf(texts.revision, filled),
    valueFiles: files.some(hasTemplate) ? files.map(file => told(file) ?? file) : undefined,
  };
}

/** A version that is put together from parts is left to whoever wrote them. */
function versionOf(
  revision: string | undefined,
  filled: (text: string) => FilledText,
): Pick<Made, 'revision' | 'from' | 'held'> {
  if (revision === undefined || !hasTemplate(revision)) return { revision, from: undefined, held: undefined };
  const result = filled(revision);
  const held = whyOpen(result);
  if (held !== undefined || !('text' in result)) return { revision, from: undefined, held };
  return { revision: result.text, from: result.from, held: result.from ? undefined : revision };
}

function keyOf({ chart, url, from, revision }: Made): string {
  return [chart, url, from ? placeId(from) : `= ${revision}`].join(' ');
}

/** Of several Applications nobody's name counts for all. */
function asOne(texts: SourceTexts, made: readonly Made[]): Made {
  const [first, ...others] = made;
  if (!first) throw new Error('a group without an Application');
  const common = <K extends 'release' | 'namespace'>(key: K): SourceTexts[K] =>
    others.every(each => each[key] === first[key]) ? first[key] : texts[key];
  return { ...first, release: common('release'), namespace: common('namespace'), valueFiles: filesOf(made) };
}

/** In their order, each once. */
function filesOf(made: readonly Made[]): string[] | undefined {
  const files = made.flatMap(({ valueFiles }) => valueFiles ?? []);
  return files.length > 0 ? [...new Set(files)] : undefined;
}
