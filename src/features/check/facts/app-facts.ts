import { say } from '../../../locales/say.ts';
import { dataFilesIn, listedFiles } from './listed-files.ts';
import { memoized } from '../../../data/memoized.ts';
import path from 'node:path';
import type { GatewayFacts, ReferenceGrant } from '../../../repository/gateways.ts';
import type { HabitName } from '../../../repository/conventions/habits.ts';
import type { ImagePrefix } from '../../../repository/conventions/images.ts';
import {
  type ChartEntry,
  type Kustomization,
  readKustomization,
  isKustomization,
} from '../../../repository/kustomization.ts';
import {
  lineColumn,
  type LocatedResult,
  type LocatedYaml,
  readLocated,
  type YamlProblem,
} from '../../../yaml/read.ts';
import { namespaceAfter } from '../../../repository/overlays.ts';
import type { LockEntry } from '../../../repository/lock-entry.ts';
import { listItems, type Manifest, parseManifests } from '../../../repository/manifest.ts';
import type { ValuesVerdict } from '../../../charts/schema/verdict.ts';
import type { ServedVersions } from '../../../repository/served-versions.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { SecretMechanism } from '../../../repository/secret-mechanism.ts';
import type { AppPlace } from './app-place.ts';
import type { RenderState } from './rendered-facts.ts';

/** How the repository does things, as far as rules hold an app to it. */
export type CheckConventions = {
  /** Main domain first; empty where none is known. */
  domains: readonly string[];
  /** The version of Kubernetes that the configuration names. */
  kubernetes: string | undefined;
  hostPattern: string;
  imagePrefix: ImagePrefix | undefined;
  dockerHub: string;
  /** What this repository does: rules about the rest are another team's taste. */
  habits: Readonly<Record<HabitName, boolean>>;
  /** How most apps with secrets keep them; undefined where none has any. */
  secrets: SecretMechanism | undefined;
};

/** The chart's own values, or why nobody knows them. */
export type Defaults = { status: 'known'; text: string } | { status: 'unknown' };

/** A newer version of a chart, where somebody looked. */
export type Newer = { chart: string; repo: string; current: string; newest: string };

/** What rules learn of an app from outside of its files. */
export type AppSurroundings = AppPlace & {
  /** The text of any file of the repository; undefined if it is not there or no text. */
  text(file: string): string | undefined;
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** Files that cannot be used, with the reason. */
  oddFiles: readonly OddFile[];
  conventions: CheckConventions;
  gateways: readonly GatewayFacts[];
  /** The ReferenceGrants of the repository, where they come out. */
  grants: readonly ReferenceGrant[];
  /** Which versions of custom kinds the repository holds, or renders where that was looked at. */
  served: ServedVersions;
  /** What kustomizations of the repository name outside of their own folders. */
  namedOutside: ReadonlySet<string>;
  /** Namespaces that apps of the repository are in. */
  namespaces: readonly string[];
  lock: LockEntry | undefined;
  defaults(chart: ChartEntry): Defaults;
  /** What the schemas of a chart that is at hand make of its values; undefined where none was asked. */
  schemaVerdict(chart: ChartEntry): ValuesVerdict | undefined;
  /** A file as the last commit has it; undefined where there is no commit, or the file is not in it. */
  committed(file: string): string | undefined;
  rendered: RenderState | undefined;
  newer: readonly Newer[];
  /** What repositories publish now, where somebody looked. */
  published: readonly { chart: string; repo: string; version: string; digest: string }[];
};

/** The namespace of an app where most are called after their apps. */
export function usualNamespace({ name, environment, folder }: AppSurroundings): string {
  return environment === undefined ? name : namespaceAfter({ name, environment, path: folder });
}

export type OddFile = {
  file: string;
  kind: 'link' | 'special' | 'too-big' | 'unreadable' | 'not-text' | 'lfs-pointer';
  detail: string;
};

/** A Kubernetes object in a file of the app. */
export type ObjectFacts = Manifest & {
  file: string;
  /** Whether the file is part of the build. */
  listed: boolean;
  /** The number of its document in the file, and the way to it from there: an object of a `List` stands deeper. */
  document: number;
  steps: readonly Step[];
  /** The place of a part of it, or of the nearest one around. */
  at(...steps: Step[]): SourceLocation;
};

/** An app as rules look at it. Everything is read on first use and then kept. */
export type AppFacts = AppSurroundings & {
  readonly kustomizations: readonly Kustomization[];
  readonly root: Kustomization | undefined;
  readonly charts: readonly { chart: ChartEntry; kustomization: Kustomization }[];
  readonly objects: readonly ObjectFacts[];
  /** The files that the root kustomization leads to, through nested ones too. */
  readonly listed: ReadonlySet<string>;
  /** Values files by use, from the entry to its path. */
  readonly valuesFiles: ReadonlySet<string>;
  readonly broken: readonly { file: string; problem: YamlProblem }[];
  yaml(file: string): LocatedYaml | undefined;
};

/** What rules ask of an app; each file is parsed when somebody asks for it. */
export function appFacts(around: AppSurroundings): AppFacts {
  const result = reading(around);
  const yaml = (file: string): LocatedYaml | undefined => {
    const found = result(file);
    return found?.status === 'read' ? found.yaml : undefined;
  };
  const kustomizations = memoized(() => readKustomizations(around, yaml));
  const listed = memoized(() =>
    isBare(around) ? appliedFiles(around) : listedFiles(around, kustomizations(), yaml),
  );
  const dataFiles = memoized(() => dataFilesIn(kustomizations()));
  const valuesFiles = memoized(() => valuesIn(around, kustomizations()));
  const objects = memoized(() => readObjects(around, { yaml, listed: listed(), values: valuesFiles() }));
  return {
    ...around,
    yaml,
    get kustomizations() {
      return kustomizations();
    },
    get root() {
      return kustomizations().find(({ folder }) => folder === around.folder);
    },
    get charts() {
      return kustomizations().flatMap(kustomization =>
        kustomization.charts.map(chart => ({ chart, kustomization })),
      );
    },
    get listed() {
      return listed();
    },
    get valuesFiles() {
      return valuesFiles();
    },
    get objects() {
      return objects();
    },
    get broken() {
      return around.files.flatMap(file => {
        const found = isYaml(file) && !dataFiles().has(file) ? result(file) : undefined;
        return found?.status === 'unreadable' ? [{ file, problem: found.problem }] : [];
      });
    },
  };
}

/** Whether a file's name says that it is YAML. */
export function isYaml(file: string): boolean {
  return file.endsWith('.yaml') || file.endsWith('.yml') || path.posix.basename(file) === 'Kustomization';
}

/** What is kept parsed of one app, as `LocatedYaml` counts it: more than a file may hold, which is more than any app has. */
const MOST_OF_APP = 400_000;

/** Parses each file once; what has no room beside the others of the app counts as unreadable. */
function reading(around: AppSurroundings): (file: string) => LocatedResult | undefined {
  const read = new Map<string, LocatedResult>();
  let left = MOST_OF_APP;
  return file => {
    const known = read.get(file);
    const found = known ?? readFile(around, file);
    if (known || !found) return found;
    const size = found.status === 'read' ? found.yaml.size : 0;
    const own = size <= left ? found : NO_ROOM;
    if (own === found) left -= size;
    read.set(file, own);
    return own;
  };
}

const NO_ROOM: LocatedResult = {
  status: 'unreadable',
  problem: {
    code: 'E_YAML_LIMIT',
    line: 1,
    column: 1,
    reason: say('yaml.noRoomInApp', { limit: say('yaml.nodes', { count: MOST_OF_APP }) }),
  },
};

/** Values files are only parsed: making data of the largest files of a repository is what costs. */
function readFile(around: AppSurroundings, file: string): LocatedResult | undefined {
  const text = around.text(file);
  if (text === undefined) return undefined;
  const result = readLocated(text);
  if (result.status === 'unreadable' || isInValues(around, file)) return result;
  const problem = result.yaml.dataProblem;
  return problem ? { status: 'unreadable', problem } : result;
}

function isInValues({ folder }: AppSurroundings, file: string): boolean {
  return file.startsWith(`${folder}/values/`);
}

function readKustomizations({ files }: AppSurroundings, yaml: AppFacts['yaml']): readonly Kustomization[] {
  return files.filter(isKustomization).flatMap(file => {
    const found = yaml(file);
    return found ? [readKustomization(file, found)] : [];
  });
}

/** Whether no kustomization stands in the folder itself. */
function isBare({ files, folder }: AppSurroundings): boolean {
  return !files.some(file => isKustomization(file) && path.posix.dirname(file) === folder);
}

/** All of what is deployed as it is; a chart is rendered. */
function appliedFiles({ files, folder }: AppSurroundings): ReadonlySet<string> {
  return new Set(files.includes(`${folder}/Chart.yaml`) ? [] : files.filter(isYaml));
}

function valuesIn(
  { files, folder }: AppSurroundings,
  kustomizations: readonly Kustomization[],
): ReadonlySet<string> {
  const named = kustomizations.flatMap(({ references }) =>
    references.flatMap(({ steps, path: target }) =>
      steps[0] === 'helmCharts' && target !== undefined ? [target] : [],
    ),
  );
  return new Set([...named, ...files.filter(file => file.startsWith(`${folder}/values/`))]);
}

type Reading = {
  yaml: AppFacts['yaml'];
  listed: ReadonlySet<string>;
  values: ReadonlySet<string>;
};

function readObjects({ files }: AppSurroundings, { yaml, listed, values }: Reading): readonly ObjectFacts[] {
  return files
    .filter(file => isYaml(file) && !isKustomization(file) && !values.has(file))
    .flatMap(file => {
      const found = yaml(file);
      return found ? objectsIn(found, file, listed.has(file)) : [];
    });
}

function objectsIn(yaml: LocatedYaml, file: string, listed: boolean): ObjectFacts[] {
  return yaml.documents.flatMap((document, index) =>
    itemsOf(document).flatMap(({ steps, value }) =>
      parseManifests([value]).map(manifest => ({
        ...manifest,
        file,
        listed,
        document: index,
        steps,
        at: (...inner: Step[]) => placeIn(yaml, { file, document: index, steps: [...steps, ...inner] }),
      })),
    ),
  );
}

/** The objects of a `List` stand deeper. */
function itemsOf(
  document: unknown,
  steps: readonly Step[] = [],
): { steps: readonly Step[]; value: unknown }[] {
  const items = listItems(document);
  if (!items) return [{ steps, value: document }];
  return items.flatMap((value, index) => itemsOf(value, [...steps, 'items', index]));
}

function placeIn(
  yaml: LocatedYaml,
  { file, document, steps }: { file: string; document: number; steps: readonly Step[] },
): SourceLocation {
  for (let length = steps.length; length >= 0; length--) {
    const offset = yaml.offsetOf(document, steps.slice(0, length));
    if (offset !== undefined) return { file, ...lineColumn(yaml.text, offset) };
  }
  return { file, line: 1, column: 1 };
}
