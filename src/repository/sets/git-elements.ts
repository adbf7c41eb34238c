import { posix } from 'node:path';
import { asList, isRecord, stringOf } from '../../data/fields.ts';
import { directoryGenerators, matchesAnywhere, takerOf } from '../application-set.ts';
import { inside, type Place } from '../../yaml/place.ts';
import {
  type Element,
  flattened,
  madeUp,
  normalizedName,
  openElement,
  type Parameter,
  parametersOf,
  scalarText,
  SetRefused,
} from './element.ts';
import type { Filling } from './fill.ts';

/** What git generators look into. */
export type SetFiles = {
  /** Whether an address means the repository itself. */
  isOwn(url: string): boolean;
  files: readonly string[];
  folders: readonly string[];
  /** The documents of a YAML or JSON file; undefined for what is none, or is not read. */
  documents(file: string): readonly unknown[] | undefined;
};

type Reading = { repository: SetFiles; isGo: boolean; prefix: string | undefined };

/** An element for each folder, or each map in a file, that a git generator takes; another repository is nobody's to look into. */
export function gitElements(
  git: Readonly<Record<string, unknown>>,
  { repository, filling: { isGo } }: { repository: SetFiles; filling: Filling; at: Place },
): Element[] {
  const url = stringOf(git['repoURL']) ?? '';
  const paths = [...asList(git['directories']), ...asList(git['files'])].filter(isRecord);
  if (url.includes('{{') || paths.some(({ path }) => String(path).includes('{{')))
    return [openElement('git')];
  if (url !== '' && !repository.isOwn(url)) return [openElement(`git ${url}`)];
  const reading: Reading = { repository, isGo, prefix: stringOf(git['pathParamPrefix']) || undefined };
  if (asList(git['directories']).length > 0)
    return repository.folders
      .filter(takerOf(directoryGenerators({ directories: git['directories'] })))
      .map(folder => ({ parameters: new Map(pathParameters(reading, folder)), open: [] }));
  const files = asList(git['files']).filter(isRecord);
  if (files.length === 0) throw new SetRefused('a git generator without directories and files');
  return takenFiles(files, repository).flatMap(file => fromFile(reading, file));
}

/** As `git ls-files` takes patterns: `*` leads into folders as well. An exclude wins. */
function takenFiles(entries: readonly Record<string, unknown>[], { files }: SetFiles): string[] {
  const patterns = (isOut: boolean) =>
    entries
      .filter(({ exclude }) => (exclude === true) === isOut)
      .map(({ path }) => matchesAnywhere(posix.normalize(stringOf(path) ?? '')));
  const [included, excluded] = [patterns(false), patterns(true)];
  return files
    .filter(file => included.some(takes => takes(file)) && !excluded.some(takes => takes(file)))
    .toSorted();
}

/** A file holds one map, or a list of them; of several documents the first counts. */
function fromFile(reading: Reading, file: string): Element[] {
  const path = pathParameters(reading, posix.dirname(file), posix.basename(file));
  const documents = reading.repository.documents(file);
  // What it holds nobody can tell; where it stands its name says.
  if (!documents) return [{ parameters: new Map(path), open: [file] }];
  const root: Place = { file, document: 0, path: [] };
  const body = documents[0] ?? {};
  const maps = Array.isArray(body)
    ? body.map((item: unknown, index) => ({ data: item, at: inside(root, index) }))
    : [{ data: body, at: root }];
  return maps.map(({ data, at }) => {
    if (!isRecord(data)) throw new SetRefused(`${file} holds neither a map nor a list of them`);
    const own = new Map(parametersOf(data, at));
    const parameters = reading.isGo ? own : asTexts(flattened({ parameters: own, open: [] }));
    for (const [key, value] of path) parameters.set(key, value);
    return { parameters, open: [] };
  });
}

/** The old syntax knows texts only. */
function asTexts(parameters: Map<string, Parameter>): Map<string, Parameter> {
  for (const [key, { value, at }] of parameters) {
    parameters.set(key, { value: scalarText(value) ?? '<nil>', at });
  }
  return parameters;
}

/** With Go's templates one map, else one key for each. */
function pathParameters({ isGo, prefix }: Reading, folder: string, filename?: string): [string, Parameter][] {
  const segments = folder.split('/');
  const basename = segments.at(-1) ?? '';
  const own = {
    basename,
    basenameNormalized: normalizedName(basename),
    ...(filename === undefined ? {} : { filename, filenameNormalized: normalizedName(filename) }),
  };
  if (isGo) {
    const path = { path: { path: folder, ...own, segments } };
    return Object.entries(prefix === undefined ? path : { [prefix]: path }).map(([key, value]) => [
      key,
      madeUp(value),
    ]);
  }
  const name = prefix === undefined ? 'path' : `${prefix}.path`;
  return [
    [name, madeUp(folder)],
    ...Object.entries(own).map(([key, text]): [string, Parameter] => [`${name}.${key}`, madeUp(text)]),
    ...segments.map((segment, index): [string, Parameter] => [`${name}[${index}]`, madeUp(segment)]),
  ];
}
