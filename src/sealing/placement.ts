import { posix } from 'node:path';
import { stringOf } from '../data/fields.ts';
import type { FluxKustomization } from '../deliveries/flux/flux-kustomizations.ts';
import { substitute } from '../deliveries/flux/substitution/substitute.ts';
import { readDeliveries } from '../deliveries/read-deliveries.ts';
import { type Kustomized, kustomizedBy } from '../repository/kustomized.ts';
import type { Repository } from '../repository/model.ts';
import type { Identity } from './scope.ts';
import { placedIdentity, type SealedSecret } from './sealed-secret.ts';

/** Where a file's objects come out: what kustomize does to them, and Flux over that. */
export type Placement = {
  kustomized: Kustomized | undefined;
  /** The namespace that all of them land in; undefined where each says its own. */
  namespace: string | undefined;
  place(object: Pick<SealedSecret, 'name' | 'namespace'>): Identity;
};

/**
 * Where the objects of a file come out. What Flux builds of it goes where its Kustomization says, under the names that this makes,
 * its variables filled in; of several that do not agree, nothing is known beyond what kustomize does.
 */
export function placementOf(repository: Repository, file: string): Placement {
  const kustomized = kustomizedBy(repository.text, file);
  const { namespace, namePrefix = '', nameSuffix = '' } = kustomized ?? {};
  const flux = fluxPlacement(repository, file, kustomized);
  const fields = {
    namespace: flux.target ?? (namespace === undefined ? undefined : flux.fill(namespace)),
    namePrefix: flux.prefix + flux.fill(namePrefix),
    nameSuffix: flux.fill(nameSuffix) + flux.suffix,
  };
  return {
    kustomized,
    namespace: fields.namespace,
    place: object => {
      const own = object.namespace === undefined ? undefined : flux.fill(object.namespace);
      return placedIdentity({ name: flux.fill(object.name), namespace: own }, fields);
    },
  };
}

type FluxPlacement = {
  target: string | undefined;
  prefix: string;
  suffix: string;
  fill(text: string): string;
};

function fluxPlacement(
  repository: Repository,
  file: string,
  kustomized: Kustomized | undefined,
): FluxPlacement {
  const { variablesOf } = readDeliveries(repository);
  const found = buildersOf(repository, file, kustomized).map((own): FluxPlacement => {
    const { isOn, known } = variablesOf(own);
    const textOf = (key: string): string | undefined => stringOf(own.spec[key]);
    return {
      target: textOf('targetNamespace'),
      prefix: textOf('namePrefix') ?? '',
      suffix: textOf('nameSuffix') ?? '',
      fill: text => (isOn ? (substitute(text, name => known.get(name)?.value)?.text ?? text) : text),
    };
  });
  const probe = `${kustomized?.namespace ?? ''} ${repository.text.get(file) ?? ''}`;
  const saysOf = ({ target, prefix, suffix, fill }: FluxPlacement): string =>
    JSON.stringify([target, prefix, suffix, fill(probe)]);
  const [first, ...others] = found;
  return first && others.every(each => saysOf(each) === saysOf(first)) ? first : NOTHING;
}

/** The Kustomizations that build a file, or would once it is there and listed. */
function buildersOf(
  repository: Repository,
  file: string,
  kustomized: Kustomized | undefined,
): readonly FluxKustomization[] {
  const { buildersOf: of, flux } = readDeliveries(repository);
  const direct = of(file);
  const folder = kustomized?.kustomization.folder ?? posix.dirname(file);
  const above = flux.filter(each => each.folder === folder);
  if (direct.length > 0 || above.length > 0) return direct.length > 0 ? direct : above;
  const listed = (kustomized?.kustomization.references ?? []).flatMap(({ path }) => path ?? []);
  return listed.map(of).find(({ length }) => length > 0) ?? [];
}

const NOTHING: FluxPlacement = { target: undefined, prefix: '', suffix: '', fill: text => text };
