import type { DataLost } from '../../../repository/data-in.ts';
import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { Text } from '../../../text/language.ts';

/** The end of a sentence about what is deleted: clusters, volumes, definitions, and what only charts know. */
export function lossWords({
  claims,
  crds,
  clusters,
  charts,
}: DataLost & { charts: readonly string[] }): Text {
  const named = (names: readonly string[]): string => display(names.join(', '));
  const parts = [
    ...(clusters.length > 0 ? [`Cluster ${named(clusters)}`] : []),
    ...(claims.length > 0 ? [`PersistentVolumeClaim ${named(claims)}`] : []),
    ...(crds.length > 0 ? [`CustomResourceDefinition ${named(crds)}`] : []),
  ];
  const unseen = named(charts);
  return say('rules.deletedWithApp', {
    value: parts.length > 0 ? `, with ${parts.join('; ')}` : '',
    value2: unseen === '' ? '' : `, and whatever ${unseen} made`,
    value3: parts.length > 0 ? `，包括 ${parts.join('；')}` : '',
    value4: unseen === '' ? '' : `，以及 ${unseen} 创建的内容`,
  });
}
