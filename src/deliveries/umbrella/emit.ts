import { posix } from 'node:path';
import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { printYaml } from '../../yaml/print.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import { cloneDocument, type Slots } from '../siblings/clone.ts';
import { joinDocuments } from '../siblings/documents.ts';
import type { Emission, NewChart, NewSibling } from '../siblings/emission.ts';
import type { Typical } from '../siblings/typical.ts';
import type { Unit } from '../siblings/unit.ts';

/**
 * An app as a chart that depends on others, after a sibling: their values stand under their names.
 * @throws UserError E_YAML_* where the sibling's Chart.yaml cannot be edited so
 */
export function emitUmbrella(
  { votes }: Pick<Typical, 'votes'>,
  model: Unit,
  { to, charts }: NewSibling,
): Omit<Emission, 'notes'> {
  const home = posix.join(to.group, to.name);
  const manifests = model.documents.map(document =>
    joinDocuments([
      cloneDocument(document, { unit: model, to, votes, chart: charts[0] }, chartSlots(to.name, charts)),
    ]),
  );
  return {
    files: [
      ...manifests.map(text => ({ path: posix.join(home, 'Chart.yaml'), text, what: 'manifest' as const })),
      { path: posix.join(home, 'values.yaml'), text: valuesText(charts), what: 'values' },
    ],
    listings: [],
    folder: undefined,
    home,
    namespace: to.name,
    model,
  };
}

function chartSlots(name: string, charts: readonly NewChart[]): Slots {
  return {
    kept: ['name', 'version', 'dependencies', 'type'],
    trim: data =>
      asList(data['dependencies']).flatMap((_, index, all) =>
        index === 0
          ? []
          : [{ kind: 'remove' as const, path: ['dependencies', all.length - index], withComments: true }],
      ),
    fill: data => [
      ...(data['name'] === name ? [] : [{ kind: 'set' as const, path: ['name'], value: name }]),
      ...dependencies(data, charts),
    ],
  };
}

/** The first dependency takes the place of the sibling's, in its style; the others follow. */
function dependencies(data: Record<string, unknown>, charts: readonly NewChart[]): YamlEdit[] {
  const [first, ...more] = charts;
  const [known] = asList(data['dependencies']);
  if (!first) return [];
  const extra = Object.keys(isRecord(known) ? known : {}).filter(
    key => !['name', 'version', 'repository'].includes(key),
  );
  const wanted = { name: first.name, version: first.version, repository: first.repo };
  return [
    ...extra.map((key): YamlEdit => ({ kind: 'remove', path: ['dependencies', 0, key], withComments: true })),
    ...Object.entries(wanted).flatMap(([key, value]): YamlEdit[] =>
      stringOf(valueAt(known, [key])) === value
        ? []
        : [{ kind: 'put', path: ['dependencies', 0, key], value }],
    ),
    ...(more.length > 0
      ? [
          {
            kind: 'add' as const,
            path: ['dependencies'],
            items: more.map(({ name, version, repo }) => ({ name, version, repository: repo })),
          },
        ]
      : []),
  ];
}

/** Helm gives each dependency what stands under its name. */
function valuesText(charts: readonly NewChart[]): string {
  return `${printYaml(Object.fromEntries(charts.map(({ name, overrides }) => [name, overrides])))}\n`;
}
