import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { type ChartUse, placeId } from '../../deliveries/chart-use.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { ValuesDiff } from '../../values/values-diff.ts';
import type { Renderers } from '../renderers.ts';
import { type Layer, type Proved, proveValues } from './prove-values.ts';

export type ProofContext = {
  renderers: Pick<Renderers, 'repeated' | 'cannotTemplate'>;
  /** How often a chart is rendered at most. */
  budget: number;
  /** Called for each rendering. */
  tick(): void;
};

/** A chart as an app uses it, with the values of all of its places, from low to high. */
export type ToProve = {
  use: Pick<ChartUse, 'delivery' | 'release' | 'cluster' | 'values'>;
  chart: PulledChart;
  layers: readonly Layer[];
};

/**
 * Which customisations of a use change what its chart renders; unknown ones, and why, where nothing can render it as the cluster
 * would.
 * @throws UserError E_CANCELLED, E_TOOL
 */
export async function proveUse(
  { renderers, budget, tick }: ProofContext,
  { use, chart, layers }: ToProve,
): Promise<Proved> {
  const reason = notProvable(use) ?? (await renderers.cannotTemplate());
  if (reason !== undefined) return notProved(layers, reason);
  const { name, namespace = 'default' } = use.release;
  const render = await renderers.repeated({
    release: name,
    namespace,
    chart: chart.place,
    ...(use.cluster ? { cluster: use.cluster } : {}),
  });
  return proveValues(layers, values => render(Buffer.from(JSON.stringify(values))), {
    budget,
    spent: say('render.budgetSpent', { budget }),
    tick,
  });
}

/** The values of one place, as a proof takes them. */
export function layerOf({ data, customisations }: ValuesDiff): Layer {
  return {
    data: data(),
    customs: customisations.map(({ keys, mark }) => ({ keys, isDead: mark === 'dead' })),
  };
}

/** Nobody looked. */
function notProved(layers: readonly Layer[], reason: Text): Proved {
  const effects = layers.map(({ customs }) => customs.map(() => 'unknown' as const));
  return { effects, renders: 0, masked: [], reason };
}

function notProvable({ delivery, values }: ToProve['use']): Text | undefined {
  if (delivery === 'umbrella') return say('render.insideAnotherChart');
  const opaque = values.flatMap(place => {
    if (place.kind === 'opaque') return [place.what];
    return place.kind === 'parameters' && place.ofFiles ? [placeId(place.at)] : [];
  });
  return opaque.length > 0 ? say('render.valuesUnseen', { places: opaque.join(', ') }) : undefined;
}
