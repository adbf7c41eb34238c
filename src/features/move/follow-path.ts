import { posix } from 'node:path';
import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { isDeploying, mayDeploy } from '../../repository/deployments.ts';
import { listItems, parseManifests } from '../../repository/manifest.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { readDocuments } from '../../yaml/read.ts';
import { renamedAfter } from './home.ts';
import { type Move, movedPath, type Renamed } from './move.ts';

/**
 * The text of a file in which what deploys the moved folder by its path names the new one: Applications and Kustomizations of
 * Flux. Their names stay, so that they own in the cluster what they owned; but a Kustomization of Flux that stands in the folder
 * bears the folder's name, and one that puts the app into the namespace that goes along names the new one.
 * @throws UserError E_YAML_* for a file that cannot be edited so
 */
export function followPaths(text: string, file: string, { move, renamed }: Following): string {
  if (!mayDeploy(text) || !(text.includes(move.from) || file.startsWith(`${move.from}/`))) return text;
  const edits = readDocuments(text, file).flatMap((body, document) => {
    const [manifest] = parseManifests([body]);
    if (!manifest || !isDeploying(manifest) || !isRecord(body) || listItems(body)) return [];
    const paths = placesOf(body).flatMap(path => followed(body, { document, path }, move));
    return body['kind'] === 'Kustomization'
      ? [...paths, ...fluxEdits(body, { document, file }, { move, renamed })]
      : paths;
  });
  return editYaml(text, file, edits);
}

export type Following = { move: Move; renamed: Renamed | undefined };

/** What a Kustomization of Flux says of the folder besides its path. */
function fluxEdits(
  body: Record<string, unknown>,
  { document, file }: { document: number; file: string },
  { move, renamed }: Following,
): YamlEdit[] {
  const folder = posix.normalize(`./${stringOf(valueAt(body, ['spec', 'path'])) ?? ''}`).replace(/\/$/, '');
  const name = stringOf(valueAt(body, ['metadata', 'name'])) ?? '';
  const own = file.startsWith(`${move.from}/`) ? renamedAfter(name, move) : name;
  const isInside = movedPath(move, folder) !== folder;
  const target = ['spec', 'targetNamespace'];
  const isRenamed = renamed !== undefined && isInside && valueAt(body, target) === renamed.from;
  return [
    ...(own === name ? [] : [{ kind: 'set' as const, document, path: ['metadata', 'name'], value: own }]),
    ...(isRenamed ? [{ kind: 'set' as const, document, path: target, value: renamed.to }] : []),
    ...asList(valueAt(body, ['spec', 'components'])).flatMap((entry, index): YamlEdit[] => {
      if (typeof entry !== 'string') return [];
      const component = posix.join(folder, entry);
      const value = posix.relative(movedPath(move, folder), movedPath(move, component));
      const isSame = posix.relative(folder, component) === value || component.startsWith('..');
      return isSame ? [] : [{ kind: 'set', document, path: ['spec', 'components', index], value }];
    }),
  ];
}

type Place = { document: number; path: (string | number)[] };

function placesOf(body: Record<string, unknown>): Place['path'][] {
  if (body['kind'] === 'Kustomization') return [['spec', 'path']];
  const sources = valueAt(body, ['spec', 'sources']);
  const several = Array.isArray(sources) ? sources.map((_, index) => ['spec', 'sources', index, 'path']) : [];
  return [['spec', 'source', 'path'], ['spec', 'sourceHydrator', 'drySource', 'path'], ...several];
}

function followed(body: Record<string, unknown>, { document, path }: Place, move: Move): YamlEdit[] {
  const written = stringOf(
    path.reduce<unknown>(
      (inner, step) =>
        Array.isArray(inner) ? inner[Number(step)] : isRecord(inner) ? inner[String(step)] : undefined,
      body,
    ),
  );
  if (written === undefined) return [];
  const folder = posix.normalize(`./${written}`).replace(/(?<=[^/])\/+$/, '');
  const moved = movedPath(move, folder);
  if (moved === folder) return [];
  const value = `${/^\.?\//.exec(written)?.[0] ?? ''}${moved}${written.endsWith('/') ? '/' : ''}`;
  return [{ kind: 'set', document, path, value }];
}
