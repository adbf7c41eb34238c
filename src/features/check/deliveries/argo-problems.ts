import { posix } from 'node:path';
import { isRecord, stringOf, stringsAt, valueAt } from '../../../data/fields.ts';
import { sourcesOf } from '../../../deliveries/argo/source.ts';
import { isFilledIn } from '../../../text/filled-in.ts';
import { isOwnRepository, ownRepositories } from '../../../repository/own-repositories.ts';
import type { ChartUse } from '../../../deliveries/chart-use.ts';
import type { LocatedObject } from '../../../deliveries/located-object.ts';
import { parsedFile } from '../../../deliveries/parsed-files.ts';
import { insideFrom } from '../../../repository/kustomization-paths.ts';
import { forbiddenBy, type Projects, scopedToProjects } from '../../../deliveries/argo/projects.ts';
import { type DeliveryProblem, problemIn } from './delivery-problem.ts';
import type { Delivered } from './open-delivered.ts';

/** What stands wrong in the Applications of a repository. */
export function argoProblems(delivered: Delivered, uses: readonly ChartUse[]): DeliveryProblem[] {
  const { objects } = delivered.deliveries;
  const own = ownRepositories(objects, delivered.text);
  const context = {
    ...delivered,
    isOwn: (url: string) => isOwnRepository(own, url),
    projects: { objects, scoped: scopedToProjects(delivered.repository) },
  };
  return [
    ...objects.flatMap(object => problemsOf(context, object)),
    ...floating(uses),
    ...sourceOverrides(delivered),
  ];
}

type Context = Delivered & { isOwn(url: string): boolean; projects: Projects };
type Source = { index: number; source: Record<string, unknown>; steps: readonly (string | number)[] };

function problemsOf(context: Context, object: LocatedObject): DeliveryProblem[] {
  const isSet = object.kind === 'ApplicationSet';
  if (object.group !== 'argoproj.io' || !(isSet || object.kind === 'Application')) return [];
  const path = isSet ? ['spec', 'template', 'spec'] : ['spec'];
  const spec = valueAt(object.body, path);
  const isSeveral = Array.isArray(valueAt(spec, ['sources']));
  const sources = sourcesOf(spec).flatMap((source, index): Source[] =>
    isRecord(source)
      ? [{ index, source, steps: [...path, ...(isSeveral ? ['sources', index] : ['source'])] }]
      : [],
  );
  return [
    ...sources.flatMap(each => [...ociScheme(object, each), ...missingPath(context, object, each)]),
    ...sources.flatMap(each => missingValues(context, object, { ...each, sources })),
    ...refTwice(object, sources),
    ...forbiddenBy(context.projects, { spec, namespace: object.namespace, sources, path }).map(
      ({ steps, project, what }) =>
        problemIn('application-project-forbids', object, steps, { project, what }),
    ),
  ];
}

/** With a chart the registry stands without its scheme. */
function ociScheme(object: LocatedObject, { source, steps }: Source): DeliveryProblem[] {
  const url = stringOf(source['repoURL']) ?? '';
  if (!source['chart'] || !url.startsWith('oci://')) return [];
  return [
    problemIn('application-oci-scheme', object, [...steps, 'repoURL'], {
      url,
      without: url.slice('oci://'.length),
    }),
  ];
}

/** What is written for the revision that this very state is: anything else may be another one. */
function isOfNow({ targetRevision }: Record<string, unknown>): boolean {
  return targetRevision === undefined || /^(?:HEAD|main|master|)$/.test(stringOf(targetRevision) ?? '-');
}

function missingPath(
  { isOwn, isThere }: Context,
  object: LocatedObject,
  { source, steps }: Source,
): DeliveryProblem[] {
  const [path = '', url = ''] = ['path', 'repoURL'].map(field => stringOf(source[field]));
  const isPlain = path !== '' && !isFilledIn(path) && !/[*?]/.test(path);
  if (!isPlain || !isOwn(url) || !isOfNow(source)) return [];
  const folder = insideFrom('.', path);
  if (folder === undefined || folder === '.' || isThere(folder)) return [];
  return [problemIn('application-path-missing', object, [...steps, 'path'], { path })];
}

function missingValues(
  context: Context,
  object: LocatedObject,
  { source, steps, sources }: Source & { sources: readonly Source[] },
): DeliveryProblem[] {
  const helm = isRecord(source['helm']) ? source['helm'] : {};
  if (helm['ignoreMissingValueFiles'] === true) return [];
  return stringsAt(helm, ['valueFiles']).flatMap((file, index) => {
    const path = isFilledIn(file) ? undefined : pathOf(context, file, source, sources);
    if (path === undefined || context.isThere(path)) return [];
    return [
      problemIn('application-values-missing', object, [...steps, 'helm', 'valueFiles', index], { file }),
    ];
  });
}

/** Where a values file stands in this repository; undefined for one that is elsewhere. */
function pathOf(
  { isOwn }: Context,
  file: string,
  source: Record<string, unknown>,
  sources: readonly Source[],
): string | undefined {
  const [, ref, rest = ''] = /^\$([^/]+)\/(.+)$/.exec(file) ?? [];
  const named = ref === undefined ? undefined : sources.find(each => each.source['ref'] === ref)?.source;
  const from = ref === undefined ? source : named;
  if (!from || !isOwn(stringOf(from['repoURL']) ?? '') || !isOfNow(from)) return undefined;
  if (ref !== undefined) return insideFrom('.', rest);
  const folder = stringOf(from['path']);
  if (folder === undefined || isFilledIn(folder) || /^(?:[a-z][a-z0-9+.-]*:\/\/|\/)/i.test(file))
    return undefined;
  return insideFrom(insideFrom('.', folder) ?? '.', file);
}

function refTwice(object: LocatedObject, sources: readonly Source[]): DeliveryProblem[] {
  const refOf = ({ source }: Source): string | undefined => stringOf(source['ref']);
  return sources.flatMap((each, index) => {
    const ref = refOf(each);
    const isSecond = ref !== undefined && sources.slice(0, index).some(other => refOf(other) === ref);
    return isSecond ? [problemIn('application-ref-twice', object, [...each.steps, 'ref'], { ref })] : [];
  });
}

function floating(uses: readonly ChartUse[]): DeliveryProblem[] {
  return uses
    .filter(({ delivery, version, held }) => delivery === 'argo' && version.kind === 'floating' && !held)
    .map(({ at, name, version }) => ({
      code: 'application-revision-floating',
      file: (version.at ?? at).file,
      document: (version.at ?? at).document,
      steps: (version.at ?? at).path,
      about: { name, version: version.text },
    }));
}

const NAME = /^\.argocd-source(?:-.+)?\.ya?ml$/;

/** Images that `.argocd-source.yaml` of a folder sets in the place of what its kustomization says. */
function sourceOverrides({ deliveries, repository }: Delivered): DeliveryProblem[] {
  return [...repository.text.keys()]
    .filter(file => NAME.test(posix.basename(file)))
    .flatMap(file => {
      const images = deliveries.kustomizations.at(posix.dirname(file))?.images ?? [];
      const set = stringsAt(parsedFile(repository, file)?.documents[0], ['kustomize', 'images']);
      return set.flatMap((image, index) => {
        const shadowed = images.find(({ name }) => name === nameOf(image));
        if (!shadowed) return [];
        const { newTag = '', digest = '', name } = shadowed;
        const about = { image, name, tag: newTag || digest || name };
        return [{ code: 'source-override', file, document: 0, steps: ['kustomize', 'images', index], about }];
      });
    });
}

/** Of `name=new:tag`, `name:tag` and `name@digest`. */
function nameOf(image: string): string {
  const [name = ''] = image.split('=', 1);
  const plain = name.split('@', 1)[0] ?? '';
  const colon = plain.lastIndexOf(':');
  return colon > plain.lastIndexOf('/') ? plain.slice(0, colon) : plain;
}
