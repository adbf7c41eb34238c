import { isRecord, valueAt } from '../../../data/fields.ts';
import { memoized } from '../../../data/memoized.ts';
import type { ChartUse } from '../../../deliveries/chart-use.ts';
import type { FluxKustomization } from '../../../deliveries/flux/flux-kustomizations.ts';
import { fillObject } from '../../../deliveries/flux/substitution/fill-object.ts';
import { substitute } from '../../../deliveries/flux/substitution/substitute.ts';
import type { Variables } from '../../../deliveries/flux/variables.ts';
import type { LocatedObject } from '../../../deliveries/located-object.ts';
import type { DeliveryProblem } from './delivery-problem.ts';
import type { Delivered } from './open-delivered.ts';

/**
 * Variables that Flux would fill in, in releases and in the files that their values are made of, and that nothing gives. Nothing is
 * said where a Secret, or what is not in the repository, may give them.
 */
export function openVariables(delivered: Delivered, uses: readonly ChartUse[]): DeliveryProblem[] {
  const { objects, buildersOf, variablesOf } = delivered.deliveries;
  const closed = memoized((file: string) => closedVariables(buildersOf(file), variablesOf));
  const releases = objects.filter(
    ({ kind, group }) => kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io',
  );
  return [
    ...releases.flatMap(release => inObject(release, closed(release.at.file))),
    ...uses
      .filter(({ delivery }) => delivery === 'flux')
      .flatMap(use => inFiles(delivered, use, closed(use.at.file))),
  ];
}

/** The variables of the one that builds a file, where all that it fills in is known. */
function closedVariables(
  builders: readonly FluxKustomization[],
  variablesOf: (kustomization: FluxKustomization) => Variables,
): Variables | undefined {
  const all = builders.map(variablesOf);
  const isKnown = all.length > 0 && all.every(({ isOn, unread }) => isOn && unread.length === 0);
  return isKnown ? all[0] : undefined;
}

function inObject({ at, body, name }: LocatedObject, variables: Variables | undefined): DeliveryProblem[] {
  if (!variables) return [];
  const { open } = fillObject(body, variable => variables.known.get(variable)?.value);
  return open.map(({ name: variable, path }) => ({
    code: 'release-substitution',
    file: at.file,
    document: at.document,
    steps: [...at.path, ...path],
    about: { name, variable: variable ?? '${' },
  }));
}

const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

function inFiles(
  { text, deliveries: { kustomizations } }: Delivered,
  { values, release }: ChartUse,
  variables: Variables | undefined,
): DeliveryProblem[] {
  if (!variables) return [];
  return values.flatMap(place => {
    if (place.kind !== 'file' || place.via !== 'configMap') return [];
    const { data } = kustomizations.at(place.reference.folder) ?? {};
    if (isSwitchedOff(data)) return [];
    const filled = substitute(text.get(place.path) ?? '', name => variables.known.get(name)?.value);
    return (filled?.unknown ?? []).map(variable => ({
      code: 'release-substitution',
      file: place.path,
      document: 0,
      steps: [],
      about: { name: release.name, variable },
    }));
  });
}

/** Anywhere in the kustomization: of all generators, of one, or of everything in it. */
function isSwitchedOff(data: Readonly<Record<string, unknown>> | undefined): boolean {
  const generators = Array.isArray(data?.['configMapGenerator'])
    ? (data['configMapGenerator'] as unknown[])
    : [];
  const places = [
    ...['annotations', 'labels'].map(field => valueAt(data, ['generatorOptions', field])),
    ...generators.flatMap(each => ['annotations', 'labels'].map(field => valueAt(each, ['options', field]))),
    data?.['commonAnnotations'],
    data?.['commonLabels'],
  ];
  return places.some(place => isRecord(place) && place[SWITCH] === 'disabled');
}
