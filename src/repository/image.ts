import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** A container image as it stands in a manifest. */
export type Image = {
  /** The name without tag and digest, as written: what Kustomize's `images[].name` has to equal. */
  name: string;
  registry?: string;
  /** The path in the registry, as written: `nginx`, `grafana/grafana`. */
  repository: string;
  tag?: string;
  digest?: string;
  /** No registry is written, so that Docker Hub is meant. */
  short: boolean;
  /** The whole name, registry and `library/` included, without tag and digest. */
  canonical: string;
};

const DOCKER_HUB = 'docker.io';
const DOMAIN_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const DOMAIN = new RegExp(`^(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`);
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${PATH_PART}(?:/${PATH_PART})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;
const MAX_NAME = 255;

/**
 * An image reference by the grammar of github.com/distribution/reference.
 * @throws UserError E_VALUE when it is none.
 */
export function parseImage(input: string): Image {
  const [rest = '', digest, ...more] = input.length > 1024 ? [] : input.split('@');
  const { name, tag } = splitTag(rest);
  const { registry, repository } = splitRegistry(name);
  const valid =
    more.length === 0 &&
    name.length <= MAX_NAME &&
    REPOSITORY.test(repository) &&
    // Alone it would be the id of an image; behind a registry or with a tag it is a name.
    !/^[a-f0-9]{64}$/.test(input) &&
    (registry === undefined || DOMAIN.test(registry)) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!valid)
    throw new UserError('E_VALUE', say('repository.notContainerImage', { input: display(input) }), {
      hint: say('repository.giveRegistryRepositoryTagSha256'),
    });
  return {
    name,
    ...(registry === undefined ? {} : { registry }),
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    short: registry === undefined,
    canonical: canonicalName(registry, repository),
  };
}

/** The name of an image without tag and digest, also of one that the grammar refuses. */
export function nameOfImage(text: string): string {
  return splitTag(text.split('@')[0] ?? '').name;
}

/** What tells one build of an image from another; a digest is of the image that the tag had at that time. */
export type ImageVersion = { tag: string | undefined; digest: string | undefined };

/** Tag and digest of an image, also of one that the grammar refuses. */
export function versionOfImage(text: string): ImageVersion {
  const [name = '', digest] = text.split('@', 2);
  return { tag: splitTag(name).tag || undefined, digest: digest || undefined };
}

/** The whole name of an image, registry included; as written where the grammar refuses it. */
export function canonicalOf(text: string): string {
  try {
    return parseImage(text).canonical;
  } catch (error) {
    if (error instanceof UserError) return nameOfImage(text);
    throw error;
  }
}

/** Whether two names are of one image: the same, or one of them behind the name of a mirror. */
export function isSameImage(one: string, other: string): boolean {
  const [a, b] = [canonicalOf(one), canonicalOf(other)];
  return (
    a === b || [b, other].some(end => a.endsWith(`/${end}`)) || [a, one].some(end => b.endsWith(`/${end}`))
  );
}

/** Whether a version is the wanted one: what was not asked for may be anything. */
export function isVersion(version: ImageVersion, { tag, digest }: ImageVersion): boolean {
  return (digest === undefined || version.digest === digest) && (tag === undefined || version.tag === tag);
}

/** `shop` of `registry.example/team/shop:1.2` */
export function lastPartOf(text: string): string {
  return nameOfImage(text).split('/').at(-1) ?? text;
}

/** The tag follows the last colon, unless that one belongs to a registry's port. */
function splitTag(text: string): { name: string; tag?: string } {
  const colon = text.lastIndexOf(':');
  if (colon <= text.lastIndexOf('/')) return { name: text };
  return { name: text.slice(0, colon), tag: text.slice(colon + 1) };
}

/** Docker's rule: the first part is a registry if it looks like a host. */
function splitRegistry(name: string): { registry?: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, slash);
  const isHost = slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  return isHost ? { registry: first, repository: name.slice(slash + 1) } : { repository: name };
}

function canonicalName(registry: string | undefined, repository: string): string {
  const host = registry === undefined || registry === 'index.docker.io' ? DOCKER_HUB : registry;
  const official = host === DOCKER_HUB && !repository.includes('/');
  return `${host}/${official ? 'library/' : ''}${repository}`;
}
