import { posix } from 'node:path';
import { isDataMap, stringOf, textMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import { collisionKey, pathProblem, reservedFolder, segmentProblem } from '../../text/file-name.ts';
import type { Text } from '../../text/language.ts';
import { readDocuments } from '../../yaml/read.ts';
import { isKustomization } from '../kustomization.ts';
import { insideFrom, pathReferences } from '../kustomization-paths.ts';
import { parseManifests } from '../manifest.ts';
import { renderTemplate } from '../templates.ts';
import { type GeneratorPlace, holds, type TeamAnswers, answersView } from './answers.ts';
import { type ChangedSection, GENERATORS_FOLDER, type TeamGenerator } from './definition.ts';

/** A generator with the texts of its templates, by their paths under `files/`. */
export type OpenedGenerator = TeamGenerator & { templates: ReadonlyMap<string, string> };

/** What a kustomization gets: the folder that it is in, or its own path, and what goes into which of its lists. */
export type MadeChange = { kustomization: string; add: Partial<Record<ChangedSection, readonly unknown[]>> };

/** What a generator makes of answers. */
export type MadeTree = {
  /** The folder that the run is about. */
  app: string;
  /** Texts by their paths in the repository. */
  files: ReadonlyMap<string, string>;
  changes: readonly MadeChange[];
};

/**
 * Fills the templates of a generator with answers.
 * @throws UserError E_TEMPLATE; E_GENERATOR for a path that leaves the repository or no system can have, for two files of one
 * path, and for a Secret in plain text
 */
export function makeTree(generator: OpenedGenerator, answers: TeamAnswers, place: GeneratorPlace): MadeTree {
  const view = answersView(generator, answers, place);
  const files = new Map<string, string>();
  const seen = new Map<string, string>();
  for (const [file, text] of generator.templates) {
    if (!isWanted(generator, file, answers)) continue;
    const target = targetOf(generator, file, view);
    const key = collisionKey(target);
    const twin = seen.get(key);
    if (twin !== undefined)
      throw failed(
        generator,
        file,
        say('generators.twice', { twin: display(twin), target: display(target) }),
      );
    seen.set(key, file);
    files.set(target, contentOf(generator, { file, text, target }, view));
  }
  const changes = changesOf(generator, answers, view);
  const app =
    generator.app === undefined
      ? sharedFolder(files, changes)
      : filled(generator, 'app', generator.app, view);
  if (app !== '.') requirePlain(generator, 'app', app);
  return { app, files, changes };
}

function isWanted({ files }: TeamGenerator, file: string, answers: TeamAnswers): boolean {
  return files.every(
    ({ path, when }) => (file !== path && !file.startsWith(`${path}/`)) || holds(when, answers),
  );
}

/** Each name of a path is a template; what an answer puts there may be a path itself. No folder where the repository has none. */
function targetOf(generator: TeamGenerator, file: string, view: object): string {
  const names = file
    .replace(/\.hbs$/, '')
    .split('/')
    .flatMap(name => {
      const made = name.includes('{{') ? filled(generator, file, name, view) : name;
      return made === '' && name.startsWith('{{conventions.') ? [] : made;
    });
  const target = names.join('/');
  requirePlain(generator, file, target);
  return target;
}

function requirePlain(generator: TeamGenerator, file: string, target: string): void {
  const problem =
    target
      .split('/')
      .map(name => segmentProblem(name) ?? reservedFolder(name))
      .find(each => each !== undefined) ?? pathProblem(target);
  if (problem)
    throw failed(
      generator,
      file,
      say('text.subjectWithPredicate', { subject: display(target), predicate: problem }),
    );
}

function filled({ name }: TeamGenerator, file: string, text: string, view: object): string {
  return renderTemplate({ name: `${GENERATORS_FOLDER}/${name}: ${file}`, text }, view);
}

type Made = { file: string; text: string; target: string };

/** A file without `.hbs` is made as it stands. */
function contentOf(generator: TeamGenerator, { file, text, target }: Made, view: object): string {
  const template = { name: `${GENERATORS_FOLDER}/${generator.name}/files/${file}`, text };
  const content = (file.endsWith('.hbs') ? renderTemplate(template, view) : text).replaceAll('\r\n', '\n');
  if (/\.ya?ml$/.test(target)) requireNoSecret(generator, file, readDocuments(content, target));
  return content;
}

/** What is made is kept in git twice, and so is every answer: no place for what nobody may read. */
function requireNoSecret(generator: TeamGenerator, file: string, documents: readonly unknown[]): void {
  const plain = parseManifests(documents).find(
    ({ kind, body }) =>
      kind === 'Secret' &&
      ['data', 'stringData'].some(key => Object.values(textMap(body[key])).some(value => value !== '')),
  );
  if (plain) throw failed(generator, file, say('generators.plainSecret', { name: display(plain.name) }));
}

function changesOf(generator: TeamGenerator, answers: TeamAnswers, view: object): MadeChange[] {
  return generator.changes
    .filter(({ when }) => holds(when, answers))
    .map(({ kustomization, add }) => {
      const target = filled(generator, 'changes', kustomization, view);
      requirePlain(generator, 'changes', target);
      const fill = (text: string): string => filled(generator, 'changes', text, view);
      const added = mapTexts(add, fill) as MadeChange['add'];
      requireInside(generator, isKustomization(target) ? posix.dirname(target) : target, added);
      return { kustomization: target, add: added };
    });
}

/** What a kustomization gets is read when it is built: nothing of the machine belongs there. */
function requireInside(generator: TeamGenerator, folder: string, added: MadeChange['add']): void {
  const outside = pathReferences(added, folder).find(
    ({ value, path }) => path !== undefined && insideFrom(folder, value) === undefined,
  );
  if (outside) {
    const [subject, predicate] = [display(outside.value), say('text.leadsOutsideRepository')];
    throw failed(generator, 'changes', say('text.subjectWithPredicate', { subject, predicate }));
  }
}

/** The same data with every text in it changed. */
function mapTexts(data: unknown, change: (text: string) => string): unknown {
  const text = stringOf(data);
  if (text !== undefined) return text.includes('{{') ? change(text) : text;
  if (Array.isArray(data)) return data.map(item => mapTexts(item, change));
  if (!isDataMap(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, mapTexts(item, change)]));
}

/** The folder of all that is made; where nothing is, of what changes. */
function sharedFolder(files: ReadonlyMap<string, string>, changes: readonly MadeChange[]): string {
  const made = [...files.keys()].map(file => posix.dirname(file));
  const changed = changes.map(({ kustomization }) => kustomization.replace(/\/[^/]+\.ya?ml$/, ''));
  const [first = [], ...others] = (made.length > 0 ? made : changed).map(folder => folder.split('/'));
  const apart = first.findIndex((name, index) => others.some(names => names[index] !== name));
  return (apart < 0 ? first : first.slice(0, apart)).join('/') || '.';
}

function failed({ name }: TeamGenerator, file: string, reason: Text): UserError {
  return new UserError('E_GENERATOR', say('generators.wouldMake', { name, file: display(file), reason }), {
    hint: say('generators.mendTemplate'),
    subject: `${GENERATORS_FOLDER}/${name}`,
  });
}
