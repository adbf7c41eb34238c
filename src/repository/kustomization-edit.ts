import { posix } from 'node:path';
import { isSameData, recordsAt, stringsAt } from '../data/fields.ts';
import type { Drafts } from './drafts.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';
import { isSamePath } from './kustomization-paths.ts';
import type { KustomizationSection, KustomizationStyle } from './conventions/style.ts';
import { type Kustomization, parseKustomization } from './kustomization.ts';
import { editYaml, type YamlEdit } from '../yaml/edit.ts';
import { listIndent } from '../yaml/layout.ts';
import type { Step } from '../yaml/nodes.ts';

type ListSection = Exclude<KustomizationSection, 'namespace'> | 'components' | 'patches';

/** What goes into which list: paths, or the fields of a chart or an image in their order. */
type Addition =
  | { section: 'resources' | 'transformers' | 'components'; item: string }
  | { section: 'helmCharts' | 'images' | 'patches'; item: Readonly<Record<string, unknown>> };

/** One step of an edit. */
export type KustomizationChange =
  /** Adds an item, unless the list has it: the same path, the same release, the same image, the same patch. */
  | ({ kind: 'add' } & Addition)
  /** Gives an existing field another text, in its own quotes: `['helmCharts', 0, 'version']`. */
  | { kind: 'set'; path: readonly Step[]; text: string };

/** The repository's style: it decides what the file itself does not show. */
export type EditStyle = Pick<KustomizationStyle, 'sectionOrder' | 'listIndent'>;

type Request = { text: string; path: string; changes: readonly KustomizationChange[]; style: EditStyle };

/**
 * Edits a kustomization by byte range: only the lines that a change needs differ, in the file's own indentation, quotes
 * and order. The same changes a second time change nothing.
 * @throws UserError E_YAML_* for a file that is broken or cannot be edited without touching more
 */
export function editKustomization({ text, path, changes, style }: Request): string {
  return changes.reduce((edited, change) => {
    const edits = editsFor(parseKustomization(edited, path), change, style);
    return editYaml(edited, path, edits);
  }, text);
}

function editsFor(kustomization: Kustomization, change: KustomizationChange, style: EditStyle): YamlEdit[] {
  if (change.kind === 'set') return [{ kind: 'set', path: change.path, value: change.text }];
  if (hasItem(kustomization, change)) return [];
  const { section, item } = change;
  const list = {
    indent: listIndentFor(kustomization, section, style),
    place: { order: [...style.sectionOrder.value, 'components', 'patches'] },
  };
  return [{ kind: 'add', path: [section], items: [item], list }];
}

/** Whether a list has an item already, whatever its other fields. */
export function hasItem(kustomization: Kustomization, { section, item }: Addition): boolean {
  switch (section) {
    case 'resources':
    case 'transformers':
      return kustomization[section].some(entry => isSamePath(entry, item));
    case 'helmCharts':
      return kustomization.charts.some(
        ({ name, releaseName }) => name === item['name'] && releaseName === item['releaseName'],
      );
    case 'components':
      return stringsAt(kustomization.data, [section]).some(entry => isSamePath(entry, item));
    case 'patches':
      return recordsAt(kustomization.data, [section]).some(entry => isSameData(entry, item));
    case 'images':
      return kustomization.images.some(({ name }) => name === item['name']);
  }
}

/** Where all lists of the file agree, they decide the indentation; else the repository's other files do. */
function listIndentFor({ yaml, keys }: Kustomization, section: ListSection, style: EditStyle): number {
  const seen = new Set(keys.flatMap(key => listIndent(yaml, key) ?? []));
  const [only] = seen;
  const usual = section === 'components' || section === 'patches' ? 'resources' : section;
  return seen.size === 1 && only !== undefined ? only : style.listIndent[usual].value;
}

export type ListContext = { drafts: Drafts; style: EditStyle; t(text: Text): string };

/** Lists a file under `resources` of a kustomization, unless it is there. */
export async function listResource(
  { drafts, style, t }: ListContext,
  kustomization: string,
  file: string,
): Promise<void> {
  const item = posix.relative(posix.dirname(kustomization), file);
  const text = editKustomization({
    text: (await drafts.read(kustomization)) ?? '',
    path: kustomization,
    changes: [{ kind: 'add', section: 'resources', item }],
    style,
  });
  await drafts.write({ path: kustomization, text, why: t(say('repository.lists', { item })) });
}
