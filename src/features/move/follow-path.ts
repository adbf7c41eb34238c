import { posix } from 'node:path';
import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { isDeploying, mayDeploy } from '../../repository/deployments.ts';
import { listItems, parseManifests } from '../../repository/manifest.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { readDocuments } from '../../yaml/read.ts';
import { type Move, movedPath } from './move.ts';

/**
 * The text of a file in which what deploys the moved folder by its path names the new one: Applications and Kustomizations of
 * Flux. Their names stay, so that they own in the cluster what they owned.
 * @throws UserError E_YAML_* for a file that cannot be edited so
 */
export function followPaths(text: string, file: string, move: Move): string {
  if (!mayDeploy(text) || !text.includes(move.from)) return text;
  const edits = readDocuments(text, file).flatMap((body, document) => {
    const [manifest] = parseManifests([body]);
    if (!manifest || !isDeploying(manifest) || !isRecord(body) || listItems(body)) return [];
    return placesOf(body).flatMap(path => followed(body, { document, path }, move));
  });
  return editYaml(text, file, edits);
}

type Place = { document: number; path: (string | number)[] };

function placesOf(body: Record<string, unknown>): Place['path'][] {
  if (body['kind'] === 'Kustomization') return [['spec', 'path']];
  const sources = valueAt(body, ['spec', 'sources']);
  const several = Array.isArray(sources) ? sources.map((_, index) => ['spec', 'sources', index, 'path']) : [];
  return [['spec', 'source', 'path'], ...several];
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
