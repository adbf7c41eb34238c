import { nameOfImage, parseImage } from '../repository/image.ts';
import type { ChartEntry, Kustomization } from '../repository/kustomization.ts';
import { type ChartUse, type UsingApp, versionKind } from '../deliveries/chart-use.ts';
import { imageEntries } from '../deliveries/argo/source-images.ts';
import { commentIn, type LocatedObject, textIn } from '../deliveries/located-object.ts';
import { pinReason } from '../repository/pin.ts';
import { commentAt } from '../yaml/comments.ts';
import { type GitUrl, parseGitUrl } from './git-url.ts';
import { parseReleaseUrl, type ReleaseUrl } from './release-url.ts';
import { images } from '../repository/rendered.ts';
import { type App, appManifests, manifestsIn, type Repository } from '../repository/model.ts';
import { taggedImages } from '../repository/values-hints.ts';
import { insideFrom } from '../repository/kustomization-paths.ts';
import { readValues } from './chart-values.ts';
import { UserError } from '../errors.ts';
import { stringsAt } from '../data/fields.ts';

type PinBase = {
  app: UsingApp;
  /** Chart, repository or image name, for people. */
  name: string;
  /** Where versions are looked up. */
  source: string;
  current: string;
  /** Why a comment holds it there; undefined if none does. */
  held: string | undefined;
};

/** A chart that comes from a repository. */
export type ChartPin = PinBase & { kind: 'chart'; use: ChartUse };

/** What is released on GitHub; without `release` nobody knows where, but for what the repository lists itself. */
export type ReleasePin = PinBase & {
  kind: 'release';
  release: Pick<ReleaseUrl, 'owner' | 'repository'> | undefined;
  isRange?: boolean;
  /** The only versions that there are to take. */
  listed?: readonly string[];
  /** How many minor versions further it may go at once. */
  minorsAhead?: number;
};

/** One thing of an app that stands at a version. */
export type Pin =
  | ChartPin
  | ReleasePin
  | (PinBase & { kind: 'image' })
  /** A remote base or component; `current` is its ref, `HEAD` where none is written. */
  | (PinBase & { kind: 'git'; git: GitUrl });

/** The charts that come from a repository, with the version that is written for them, or `*`. */
export function chartPins(uses: readonly ChartUse[]): ChartPin[] {
  return uses.flatMap(use => {
    const { app, name, source, version } = use;
    if (name === '' || source === undefined || version.kind === 'none') return [];
    const current = version.text === '' ? '*' : version.text;
    return [{ kind: 'chart' as const, app, name, source, current, held: use.held, use }];
  });
}

/** The files of GitHub releases that an app lists as resources. */
export function releasePins(app: App): ReleasePin[] {
  const { resources, resourceComments } = app.kustomization;
  return resources.flatMap((entry, index) => {
    const release = parseReleaseUrl(entry);
    if (!release) return [];
    const source = `https://github.com/${release.owner}/${release.repository}`;
    const held = pinReason(resourceComments[index]);
    return [
      {
        kind: 'release' as const,
        app,
        name: release.repository,
        source,
        current: release.tag,
        held,
        release,
      },
    ];
  });
}

const FLUX = { owner: 'fluxcd', repository: 'flux2' };
const DISTRIBUTION = ['spec', 'distribution', 'version'];

/** The version, or the range, of Flux itself that a FluxInstance has its operator install. */
export function fluxPins(instance: LocatedObject, app: UsingApp): ReleasePin[] {
  const current = textIn(instance, ...DISTRIBUTION);
  if (current === undefined) return [];
  const source = `https://github.com/${FLUX.owner}/${FLUX.repository}`;
  const isRange = versionKind(current) !== 'exact';
  const held = pinReason(commentIn(instance, ...DISTRIBUTION));
  return [{ kind: 'release', app, name: FLUX.repository, source, current, held, release: FLUX, isRange }];
}

const REMOTE_LISTS = new Set<unknown>(['resources', 'bases', 'components']);

/** The remote bases and components of an app, and single files of git repositories. */
export function gitPins(app: App): Extract<Pin, { kind: 'git' }>[] {
  const { references, yaml } = app.kustomization;
  return references.flatMap(({ steps, value }) => {
    const isListed = REMOTE_LISTS.has(steps[0]) && parseReleaseUrl(value) === undefined;
    const git = isListed ? parseGitUrl(value) : undefined;
    if (!git) return [];
    const name = git.repository + (git.folder === '' ? '' : `//${git.folder}`);
    const held = pinReason(commentAt(yaml, steps));
    const source = `https://${git.host}/${git.repository}`;
    return [{ kind: 'git' as const, app, name, source, current: git.ref ?? 'HEAD', held, git }];
  });
}

/** Every kind may name an image: those of operators do. */
const ANY_KIND = /[A-Z]\w*/;

/**
 * The tagged images of an app's own resources and of its values, as `images:` has them, the mirror's prefix taken off; the same of a
 * base.
 */
export function imagePins(
  repository: Repository,
  app: App,
  mirror: string | undefined,
): Extract<Pin, { kind: 'image' }>[] {
  const own = repository.apps.some(({ path }) => path === app.path)
    ? images(appManifests(repository, app, ANY_KIND).map(({ manifest }) => manifest)).map(
        ({ image }) => image,
      )
    : imagesBelow(repository, app);
  const inValues = app.kustomization.charts
    .flatMap(chart => valuesOf(repository, app, chart))
    .flatMap(taggedImages);
  const entries = imageEntries(app.kustomization, repository.text);
  const references = withoutMirror(kustomizedImages([...own, ...inValues], entries), mirror);
  return references.flatMap(reference => imagePin(app, reference));
}

/** The same of a folder that nobody builds, whose manifests an Application or a Flux Kustomization deploys as they are. */
export function plainImagePins(
  repository: Repository,
  app: UsingApp,
  mirror: string | undefined,
): Extract<Pin, { kind: 'image' }>[] {
  return withoutMirror(imagesBelow(repository, app), mirror).flatMap(reference => imagePin(app, reference));
}

function imagesBelow({ text, isTemplate }: Repository, { path }: Pick<UsingApp, 'path'>): string[] {
  const files = [...text.keys()].filter(file => file.startsWith(`${path}/`) && !isTemplate(file));
  return images(files.flatMap(file => manifestsIn(text, file, ANY_KIND))).map(({ image }) => image);
}

function withoutMirror(references: readonly string[], mirror: string | undefined): string[] {
  const own = references.map(image =>
    mirror && image.startsWith(mirror) ? image.slice(mirror.length) : image,
  );
  return [...new Set(own)];
}

/** The values that a chart gets: its files, and what is written in the entry itself. */
function valuesOf(repository: Repository, app: App, { name, valuesFile, data }: ChartEntry): unknown[] {
  const written = [
    ...(valuesFile === undefined ? [] : [valuesFile]),
    ...stringsAt(data, ['additionalValuesFiles']),
  ];
  const files = written.flatMap(file => insideFrom(app.path, file) ?? []);
  const texts = files.flatMap(file => repository.text.get(file) ?? []);
  return [...texts.map(text => readValues(text, name ?? '')), data['valuesInline']];
}

/**
 * What `images:` of a kustomization makes of images, in their order: another name, another tag, or a digest, which takes the tag's
 * place. Behind them stand the entries for images that only a chart names.
 */
export function kustomizedImages(written: readonly string[], entries: Kustomization['images']): string[] {
  const used = new Set<string>();
  const changed = written.map(image => {
    const entry = entries.find(({ name }) => name === nameOfImage(image));
    if (!entry) return image;
    used.add(entry.name);
    const rest = image.slice(entry.name.length);
    return (entry.newName ?? entry.name) + suffixOf(entry, rest);
  });
  const others = entries
    .filter(({ name, newTag, digest }) => !used.has(name) && (newTag ?? digest) !== undefined)
    .map(entry => (entry.newName ?? entry.name) + suffixOf(entry, ''));
  return [...changed, ...others];
}

function suffixOf({ newTag, digest }: Kustomization['images'][number], rest: string): string {
  if (newTag === undefined && digest === undefined) return rest;
  return (newTag === undefined ? '' : `:${newTag}`) + (digest === undefined ? '' : `@${digest}`);
}

function imagePin(app: UsingApp, reference: string): Extract<Pin, { kind: 'image' }>[] {
  try {
    const { canonical, tag, digest, name } = parseImage(reference);
    const current = tag ?? digest;
    return current === undefined
      ? []
      : [{ kind: 'image', app, name, source: canonical, current, held: undefined }];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
