import { posix } from 'node:path';
import { asList, isRecord, stringOf } from '../../../data/fields.ts';
import {
  type DirectoryGenerator,
  directoryGenerators,
  isSynced,
  matchesPath,
} from '../../../repository/application-set.ts';
import { inside, type Place } from '../../chart-use.ts';
import { type Element, normalizedName, openElement, type Parameter, parametersOf } from './element.ts';

/** What git generators look into. */
export type SetRepository = {
  isOwn(url: string): boolean;
  files: readonly string[];
  folders: readonly string[];
  /** The documents of a YAML or JSON file; undefined for what is none. */
  documents(file: string): readonly unknown[] | undefined;
};

type Reading = { repository: SetRepository; isGo: boolean; prefix: string | undefined };

/** An element for each folder, or each map in a file, that a git generator takes; another repository is nobody's to look into. */
export function gitElements(
  git: Readonly<Record<string, unknown>>,
  { repository, isGo }: { repository: SetRepository; isGo: boolean },
): Element[] {
  const url = stringOf(git['repoURL']) ?? '';
  if (!repository.isOwn(url)) return [openElement(`git ${url}`)];
  const reading: Reading = { repository, isGo, prefix: stringOf(git['pathParamPrefix']) };
  const directories = directoryGenerators({ directories: git['directories'] });
  if (asList(git['directories']).length > 0) return fromFolders(reading, directories);
  const [included, excluded] = [false, true].map(isOut =>
    asList(git['files']).flatMap(entry =>
      isRecord(entry) && (entry['exclude'] === true) === isOut ? (stringOf(entry['path']) ?? []) : [],
    ),
  );
  return repository.files
    .filter(file => isTaken(file, included) && !isTaken(file, excluded))
    .flatMap(file => fromFile(reading, file));
}

function isTaken(file: string, patterns: readonly string[] = []): boolean {
  return patterns.some(pattern => matchesGlob(pattern.replace(/^\.?\//, '').split('/'), file.split('/')));
}

/** `**` is any number of folders, whatever else is open stays within one. */
function matchesGlob(pattern: readonly string[], parts: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const segment of pattern) {
    const next = new Set<number>();
    for (const at of reached)
      if (segment === '**') for (let end = at; end <= parts.length; end++) next.add(end);
      else if (at < parts.length && matchesPath(segment, parts[at] ?? '')) next.add(at + 1);
    reached = next;
  }
  return reached.has(parts.length);
}

function fromFolders(reading: Reading, directories: readonly DirectoryGenerator[]): Element[] {
  return reading.repository.folders
    .filter(folder => isSynced(directories, folder))
    .map(folder => ({ parameters: new Map(pathParameters(reading, folder)), open: [] }));
}

/** A file holds one map, or a list of them. */
function fromFile(reading: Reading, file: string): Element[] {
  const documents = reading.repository.documents(file);
  if (!documents) return [openElement(file)];
  const root: Place = { file, document: 0, path: [] };
  const [body] = documents;
  const maps = Array.isArray(body)
    ? body.map((item: unknown, index) => ({ data: item, at: inside(root, index) }))
    : [{ data: body, at: root }];
  const path = pathParameters(reading, posix.dirname(file), posix.basename(file));
  return maps.flatMap(({ data, at }) =>
    isRecord(data) ? [{ parameters: withPath(new Map(parametersOf(data, at)), path), open: [] }] : [],
  );
}

/** What the generator says of the path wins. */
function withPath(
  parameters: Map<string, Parameter>,
  path: readonly [string, Parameter][],
): Map<string, Parameter> {
  for (const [key, value] of path) {
    const [known, own] = [parameters.get(key)?.value, value.value];
    const isBoth = isRecord(known) && isRecord(own);
    parameters.set(key, isBoth ? { value: { ...known, ...own }, at: undefined } : value);
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
  if (isGo) return nested(prefix, { path: { path: folder, ...own, segments } });
  return flattened(prefix, {
    path: folder,
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`path.${key}`, value])),
    ...Object.fromEntries(segments.map((segment, index) => [`path[${index}]`, segment])),
  });
}

function nested(prefix: string | undefined, data: Record<string, unknown>): [string, Parameter][] {
  const whole = prefix === undefined ? data : { [prefix]: data };
  return Object.entries(whole).map(([key, value]) => [key, { value, at: undefined }]);
}

function flattened(prefix: string | undefined, data: Record<string, unknown>): [string, Parameter][] {
  return Object.entries(data).map(([key, value]) => [
    prefix === undefined ? key : `${prefix}.${key}`,
    { value, at: undefined },
  ]);
}
