import path from 'node:path';
import { lineColumn, type LocatedYaml } from '../../yaml/located-yaml.ts';
import { append } from '../../data/append.ts';
import type { Text } from '../../text/language.ts';
import { isRecord, valueAt } from '../../data/fields.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import {
  isFetchedFile,
  isFetchedFolder,
  type RepositoryPath,
  resolveInside,
} from '../../repository/repository-path.ts';
import type { Step } from '../../yaml/nodes.ts';
import type { SourceLocation } from '../../repository/source-location.ts';
import { checkKustomization } from './check-kustomization.ts';
import { checkPlugin } from './check-plugin.ts';
import type { NamedPath } from './named-paths.ts';
import { readPlainYaml } from './plain-yaml.ts';
import type { At, ChartInput, Refusal, RemoteReference } from './refusal.ts';
import { say } from '../../locales/say.ts';

/** The bytes of a regular file by its path from the repository's root; undefined if there is none. */
export type ReadBytes = (file: string) => Promise<Uint8Array | undefined>;

/** All that a build would do beyond reading plain files of the repository. */
export type Inspection = {
  /** With one of these no renderer may be started. */
  refusals: readonly Refusal[];
  remote: readonly RemoteReference[];
  charts: readonly ChartInput[];
  /** Every file and folder that a kustomization names, and where it does. */
  named: ReadonlyMap<RepositoryPath, SourceLocation>;
};

/** A folder or a file to look at. Paths in a plugin are read from `base`, the folder of who lists it. */
type Job = { target: string; as: 'build' } | { target: string; as: 'plugin'; base: string };

/**
 * Follows everything that kustomize would read for a folder: bases, components, and the configuration of generators,
 * transformers and validators. The one gate before a renderer is started: what it refuses is not rendered.
 */
export async function inspectBuild(read: ReadBytes, folder: string): Promise<Inspection> {
  const inspector = new Inspector(read);
  await inspector.follow({ target: folder, as: 'build' });
  return inspector;
}

class Inspector implements Inspection {
  readonly refusals: Refusal[] = [];
  readonly remote: RemoteReference[] = [];
  readonly named = new Map<RepositoryPath, SourceLocation>();
  readonly #read: ReadBytes;
  readonly #charts = new Map<string, ChartInput>();
  readonly #seen = new Set<string>();
  readonly #pending: Job[] = [];

  constructor(read: ReadBytes) {
    this.#read = read;
  }

  get charts(): readonly ChartInput[] {
    return [...this.#charts.values()];
  }

  async follow(first: Job): Promise<void> {
    this.#pending.push(first);
    for (let job = this.#pending.pop(); job; job = this.#pending.pop()) {
      const id = JSON.stringify(job);
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      await this.#look(job);
    }
  }

  async #look(job: Job): Promise<void> {
    let isFolder = false;
    for (const name of KUSTOMIZATION_FILES) {
      const file = path.posix.join(job.target, name);
      const bytes = await this.#read(file);
      if (!bytes) continue;
      isFolder = true;
      if (job.as === 'build') this.#judgeKustomization(file, bytes);
      else this.#judgePluginFolder(file, bytes, job.base);
    }
    if (isFolder || job.as === 'build') return;
    const bytes = await this.#read(job.target);
    if (bytes) this.#judgePluginFile(job.target, bytes, job.base);
  }

  #judgeKustomization(file: string, bytes: Uint8Array): void {
    const { refusals, charts, paths, at } = checkKustomization(file, bytes);
    append(this.refusals, refusals);
    this.#keep(charts);
    for (const each of paths) this.#take(each, path.posix.dirname(file), at);
  }

  /** Whatever changes the objects of such a folder would make other plugins of them than those that stand there. */
  #judgePluginFolder(file: string, bytes: Uint8Array, base: string): void {
    const { yaml, problem } = readPlainYaml(bytes);
    if (problem) return this.#refuse({ file, line: 1, column: 1 }, problem);
    const at = atOf(yaml, file, 0);
    for (const [key, value] of yaml.documents.flatMap(entriesOf))
      if (key === 'resources' && Array.isArray(value))
        for (const [index, item] of value.entries())
          this.#takePluginFile({ steps: [key, index], value: String(item), form: 'folder' }, file, {
            at,
            base,
          });
      else if (!['apiVersion', 'kind', 'metadata'].includes(key))
        this.#refuse(at(key), say('render.wouldChangePluginsBeforeThey', { key }));
  }

  #takePluginFile(named: NamedPath, file: string, { at, base }: { at: At; base: string }): void {
    const target = this.#locate(named, path.posix.dirname(file), at);
    if (target !== undefined) this.#pending.push({ target, as: 'plugin', base });
  }

  #judgePluginFile(file: string, bytes: Uint8Array, base: string): void {
    const { yaml, problem } = readPlainYaml(bytes);
    if (problem) return this.#refuse({ file, line: 1, column: 1 }, problem);
    for (const [index, document] of yaml.documents.entries())
      this.#judgeDocument(document, base, atOf(yaml, file, index));
  }

  #judgeDocument(document: unknown, folder: string, at: At): void {
    const { refusals, charts, paths } = checkPlugin(document, { folder, at });
    append(this.refusals, refusals);
    this.#keep(charts);
    for (const each of paths) this.#take(each, folder, at);
  }

  #keep(charts: readonly ChartInput[]): void {
    for (const chart of charts) this.#charts.set(chart.home, chart);
  }

  #take({ steps, value, form }: NamedPath, folder: string, at: At): void {
    const inline = form === 'patch' || form === 'plugin' ? inlineDocuments(value, folder) : undefined;
    if (form === 'plugin')
      for (const document of inline ?? []) this.#judgeDocument(document, folder, () => at(...steps));
    if (inline) return;
    const file = form === 'pair' ? value.slice(value.indexOf('=') + 1) : value;
    const target = this.#locate({ steps, value: file, form }, folder, at);
    if (target === undefined) return;
    if (form === 'folder') this.#pending.push({ target, as: 'build' });
    if (form === 'plugin') this.#pending.push({ target, as: 'plugin', base: folder });
  }

  /** A place in the repository; undefined for what is fetched, and for what is refused. */
  #locate({ steps, value, form }: NamedPath, folder: string, at: At): RepositoryPath | undefined {
    const mayBeFolder = form === 'folder' || form === 'plugin';
    const isRemote = mayBeFolder ? isFetchedFolder(value) : isFetchedFile(value);
    if (!isRemote) return this.#resolve(folder, value, () => at(...steps));
    if (/^(?:git::)?file:/i.test(value)) this.#refuse(at(...steps), say('render.absolutePath', { value }));
    else {
      const isResource = steps[0] === 'resources' && form === 'folder';
      this.remote.push({ ...at(...steps), address: value, steps, isResource });
    }
    return undefined;
  }

  #resolve(folder: string, value: string, at: At): RepositoryPath | undefined {
    const { path: target, problem } = resolveInside(folder, value);
    if (target !== undefined) this.named.set(target, at());
    else this.#refuse(at(), say('render.text3', { value, problem }));
    return target;
  }

  #refuse(place: ReturnType<At>, reason: Text): void {
    this.refusals.push({ ...place, reason });
  }
}

/**
 * The documents of a text that kustomize reads as YAML; undefined for a path. What it cannot read as objects with a name
 * it takes for a path, so that nothing counts as YAML which would lead out as one.
 */
function inlineDocuments(value: string, folder: string): readonly unknown[] | undefined {
  const { yaml } = readPlainYaml(Buffer.from(value));
  const documents = yaml?.documents.filter(document => document !== null) ?? [];
  const isObject = (document: unknown): boolean =>
    [valueAt(document, ['kind']), valueAt(document, ['metadata', 'name'])].every(
      text => typeof text === 'string' && text !== '',
    );
  const asPath = path.posix.join(folder, value);
  return documents.length > 0 && documents.every(isObject) && !/^(?:\.\.|\/)/.test(asPath)
    ? documents
    : undefined;
}

function entriesOf(document: unknown): [string, unknown][] {
  return isRecord(document) ? Object.entries(document) : [];
}

function atOf(yaml: LocatedYaml, file: string, document: number): At {
  return (...steps: Step[]) => {
    for (let length = steps.length; length >= 0; length--) {
      const offset = yaml.offsetOf(document, steps.slice(0, length));
      if (offset !== undefined) return { file, ...lineColumn(yaml.text, offset) };
    }
    return { file, line: 1, column: 1 };
  };
}
