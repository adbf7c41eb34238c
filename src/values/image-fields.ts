import type { YamlNode } from '../yaml/syntax-tree.ts';
import { isEmpty, same } from './node-facts.ts';
import type { MergeNode, Side } from './merge-nodes.ts';

/** The places that name one image together. */
export type ImageFields = {
  readonly registry: MergeNode | undefined;
  readonly repository: MergeNode;
  readonly tag: MergeNode | undefined;
  readonly digest: MergeNode | undefined;
};

/** The fields of a map that names an image in parts (`registry`, `repository`, `tag`, `digest`); undefined for any other map. */
export function imageFields({ children }: MergeNode): ImageFields | undefined {
  const named = (...names: string[]): MergeNode | undefined =>
    children.find(({ key, ours, theirs }) => names.includes(String(key)) && isScalar(ours ?? theirs));
  const [repository, tag, digest] = [named('repository', 'image'), named('tag'), named('digest', 'sha')];
  return repository && (tag ?? digest) ? { registry: named('registry'), repository, tag, digest } : undefined;
}

/** Those places, in the order of a name. */
export function fieldsIn({ registry, repository, tag, digest }: ImageFields): MergeNode[] {
  return [registry, repository, tag, digest].filter(field => field !== undefined);
}

/**
 * Both sides changed the image, in parts that go together: the team's repository has its own tags, its digest is of one
 * tag, and its tag is of one repository. A mirror of the same repository has the same tags.
 */
export function isTorn({ registry, repository, tag, digest }: ImageFields): boolean {
  const [ourTag, ourDigest] = [isOurs(tag), isOurs(digest)];
  const ourRepository = isOurs(repository) && !isSamePath(repository.base, repository.ours);
  const theirTag = isTheirs(tag);
  const theirDigest = isTheirs(digest);
  const theirRepository = isTheirs(repository) && !isSamePath(repository.base, repository.theirs);
  const theirOther = theirRepository || (isTheirs(registry) && ourDigest);
  return (
    (ourRepository && (theirTag || theirDigest)) ||
    (ourDigest && (theirTag || theirOther)) ||
    (ourTag && (theirRepository || theirDigest))
  );
}

/** Both sides changed some part of it, and none the same part. */
export function isChangedByBoth(fields: ImageFields): boolean {
  const all = fieldsIn(fields);
  const isContested = all.some(field => isOurs(field) && isTheirs(field));
  return !isContested && all.some(isOurs) && all.some(isTheirs);
}

/** `registry/repository:tag@digest`, of what a side holds or of what the fields come to. */
export function imageName(fields: ImageFields, valueOf: (field: MergeNode) => unknown): string {
  const text = (field: MergeNode | undefined): string => {
    const value = field && valueOf(field);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const [registry, repository, tag, digest] = [
    fields.registry,
    fields.repository,
    fields.tag,
    fields.digest,
  ].map(text);
  const name = [registry, repository].filter(part => part !== '').join('/');
  return `${name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}

/** What a side holds; a key that ours left out is the default again. */
export function heldBy(side: Side): (field: MergeNode) => unknown {
  return field => (field[side] ?? field.base)?.value.scalar;
}

function isScalar(entry: YamlNode | undefined): boolean {
  return entry?.value.kind === 'scalar';
}

/** Ours holds something of its own there. */
function isOurs(field: MergeNode | undefined): boolean {
  const { base, ours, theirs } = field ?? {};
  return ours !== undefined && !isEmpty(ours) && !same(ours, base) && !same(ours, theirs);
}

/** Upstream changed it, and ours does not hold that already. */
function isTheirs(field: MergeNode | undefined): boolean {
  const { base, ours, theirs } = field ?? {};
  if (theirs === undefined || same(theirs, base) || same(theirs, ours)) return false;
  return base !== undefined || !isEmpty(theirs);
}

const HOST = /^(?:[^/.:]*[.:][^/]*|localhost)\//;

/** The same repository on another host, or in a folder of a mirror. */
function isSamePath(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  const [from, to] = [a, b].map(entry =>
    String((entry?.value.scalar ?? '') as string | number).replace(HOST, ''),
  );
  return from !== undefined && from !== '' && (to === from || to?.endsWith(`/${from}`) === true);
}
