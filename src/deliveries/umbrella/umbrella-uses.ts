import { posix } from 'node:path';
import { asList, isRecord, stringOf } from '../../data/fields.ts';
import { pinReason } from '../../repository/pin.ts';
import type { ReadRepository } from '../objects.ts';
import { commentAt } from '../../yaml/comments.ts';
import type { LocatedYaml } from '../../yaml/read.ts';
import { parsedFile } from '../parsed-files.ts';
import {
  type ChartUse,
  inside,
  type Place,
  placeId,
  type UsingApp,
  type ValuesPlace,
  versionKind,
} from '../chart-use.ts';

const NAMES = /(?:^|\/)(?:Chart|requirements)\.ya?ml$/;

/** The charts that charts of the repository depend on, where they come from a repository. */
export function umbrellaUses(repository: ReadRepository): ChartUse[] {
  const { text, isTemplate, apps } = repository;
  return [...text].flatMap(([file, content]) => {
    if (!NAMES.test(file) || !content.includes('dependencies') || isTemplate(file)) return [];
    const yaml = parsedFile(repository, file);
    const hasTemplates = [...text.keys()].some(name =>
      name.startsWith(posix.join(posix.dirname(file), 'templates/')),
    );
    const folder = posix.dirname(file);
    const known = apps.find(({ path }) => path === folder);
    const app = known ?? { name: posix.basename(folder), environment: posix.dirname(folder), path: folder };
    return yaml
      ? dependencies({ file, yaml, app, values: valuesBeside(repository, folder), hasTemplates })
      : [];
  });
}

type Values = { file: string; data: Record<string, unknown> } | undefined;
type Umbrella = {
  file: string;
  yaml: LocatedYaml;
  app: UsingApp;
  values: Values;
  /** Its own templates may read whatever its values hold. */
  hasTemplates: boolean;
};

function valuesBeside(repository: ReadRepository, folder: string): Values {
  const file = posix.join(folder, 'values.yaml');
  const data = parsedFile(repository, file)?.documents[0];
  return isRecord(data) ? { file, data } : undefined;
}

function dependencies(umbrella: Umbrella): ChartUse[] {
  const [body] = umbrella.yaml.documents;
  return asList(isRecord(body) ? body['dependencies'] : undefined).flatMap((entry, index) =>
    isRecord(entry) ? dependencyUse(umbrella, entry, index) : [],
  );
}

/** An alias of a repository that only Helm's own settings know, and a folder beside, are nobody's pins. */
function dependencyUse(
  { file, yaml, app, values, hasTemplates }: Umbrella,
  entry: Record<string, unknown>,
  index: number,
): ChartUse[] {
  const [name, source, alias] = ['name', 'repository', 'alias'].map(key => stringOf(entry[key]));
  if (!name || source === undefined || !/^(?:https?|oci):\/\//.test(source)) return [];
  const at: Place = { file, document: 0, path: ['dependencies', index] };
  const path = inside(at, 'version').path;
  const version = yaml.scalarAt(0, path)?.text;
  return [
    {
      delivery: 'umbrella',
      id: placeId(at),
      app,
      at,
      name,
      source,
      version: {
        kind: versionKind(version),
        text: version ?? '',
        at: version === undefined ? undefined : inside(at, 'version'),
      },
      held: pinReason(commentAt(yaml, path)),
      release: { name: app.name, namespace: undefined },
      reads: [{ kind: 'Chart.yaml', file, document: 0, charts: 1 }],
      values: valuesOf(values, alias ?? name),
      alsoRead: hasTemplates ? [''] : conditionsOf(entry, alias ?? name),
    },
  ];
}

/** The values that switch the dependency on, seen from its own. */
function conditionsOf({ condition }: Record<string, unknown>, key: string): string[] {
  const paths = (stringOf(condition) ?? '').split(',').map(path => path.trim());
  return paths.flatMap(path => (path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : []));
}

/** What the umbrella's own values say under the dependency's name. */
function valuesOf(values: Values, key: string): ValuesPlace[] {
  if (!values || !isRecord(values.data[key])) return [];
  return [{ kind: 'map', at: { file: values.file, document: 0, path: [key] } }];
}
