import type { ReleasePlan } from '../../../deliveries/planned-release.ts';
import { planUmbrella } from '../../../deliveries/umbrella/plan-umbrella.ts';
import { type AroundBuild, aroundBuild, builderOf } from '../../../render/releases/around-build.ts';
import { KUSTOMIZATION_FILES } from '../../../repository/kustomization.ts';
import { parseManifests } from '../../../repository/manifest.ts';
import { readLocated } from '../../../yaml/read.ts';
import type { Delivered } from './open-delivered.ts';

/** What is laid around an app before it is built; undefined where it is built as it is. */
export function aroundApp(delivered: Delivered, folder: string): AroundBuild | undefined {
  const builder = builderOf(delivered, folder);
  return builder && aroundBuild(builder, { ...delivered.deliveries, text: delivered.text });
}

/**
 * Who makes objects of an app: kustomize, for itself or for Flux; helm of a chart that an Application deploys; nobody, where the
 * files are deployed as they stand.
 */
export function kindOfApp(delivered: Delivered, folder: string): 'built' | 'chart' | 'plain' {
  const isKustomized = KUSTOMIZATION_FILES.some(name => delivered.text.has(`${folder}/${name}`));
  if (isKustomized || builderOf(delivered, folder)) return 'built';
  if (!delivered.text.has(`${folder}/Chart.yaml`)) return 'plain';
  // Nobody says with which values a chart is meant that stands by itself.
  return ownPlan(delivered, folder) ? 'chart' : 'built';
}

/** The release that an Application makes of a chart in a folder; undefined where none does. */
export function ownPlan(delivered: Delivered, folder: string): ReleasePlan | undefined {
  const plan = planUmbrella(folder, delivered);
  return plan.status === 'planned' && plan.release.by.kind === 'Chart' ? undefined : plan;
}

/** The objects of files as one text. */
export function plainObjects(files: ReadonlyMap<string, Buffer>): string {
  const manifests = [...files.values()].flatMap(content => {
    const result = readLocated(content.toString('utf8'));
    const isRead = result.status === 'read' && !result.yaml.dataProblem;
    return isRead ? parseManifests(result.yaml.documents) : [];
  });
  return manifests.map(({ body }) => JSON.stringify(body)).join('\n---\n');
}
