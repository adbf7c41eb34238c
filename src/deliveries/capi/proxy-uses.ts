import { stringOf, valueAt } from '../../data/fields.ts';
import { pinReason } from '../../repository/pin.ts';
import { isFilledIn } from '../../text/filled-in.ts';
import {
  type ChartUse,
  inside,
  placeId,
  type UsingApp,
  type ValuesPlace,
  versionKind,
} from '../chart-use.ts';
import { commentIn, type LocatedObject, textIn } from '../located-object.ts';

type ProxyContext = { objects: readonly LocatedObject[]; appOf(file: string): UsingApp };

/** The charts that HelmChartProxies of Cluster API have installed in the clusters that their labels choose. */
export function proxyUses({ objects, appOf }: ProxyContext): ChartUse[] {
  return objects
    .filter(({ group, kind }) => group === 'addons.cluster.x-k8s.io' && kind === 'HelmChartProxy')
    .flatMap(object => useOf(object, appOf));
}

function useOf(object: LocatedObject, appOf: ProxyContext['appOf']): ChartUse[] {
  const { at, name: own } = object;
  const [name, source] = [textIn(object, 'spec', 'chartName'), textIn(object, 'spec', 'repoURL')];
  if (name === undefined || source === undefined || isFilledIn(name) || isFilledIn(source)) return [];
  return [
    {
      delivery: 'capi',
      id: placeId(at),
      app: appOf(at.file),
      at,
      name,
      source,
      ...versionOf(object),
      release: {
        name: textIn(object, 'spec', 'releaseName') ?? own,
        namespace: textIn(object, 'spec', 'namespace'),
      },
      reads: [{ kind: 'HelmChartProxy', file: at.file, document: at.document, charts: 1 }],
      values: valuesOf(object),
    },
  ];
}

/** Without a version the newest of the moment is installed, and stays until somebody names one. */
function versionOf(object: LocatedObject): Pick<ChartUse, 'version' | 'held'> {
  const at = inside(object.at, 'spec', 'version');
  const text = textIn(object, 'spec', 'version');
  if (text === undefined)
    return { version: { kind: 'floating', text: '', at: undefined, put: at }, held: undefined };
  const held = isFilledIn(text) ? text : pinReason(commentIn(object, 'spec', 'version'));
  return { version: { kind: versionKind(text), text, at }, held };
}

/** A text that is YAML as it stands, unless something of the cluster is filled in. */
function valuesOf({ at, body }: LocatedObject): ValuesPlace[] {
  const text = stringOf(valueAt(body, ['spec', 'valuesTemplate']));
  if (text === undefined || text.trim() === '') return [];
  const place = inside(at, 'spec', 'valuesTemplate');
  return text.includes('{{') ? [{ kind: 'opaque', what: placeId(place) }] : [{ kind: 'text', at: place }];
}
