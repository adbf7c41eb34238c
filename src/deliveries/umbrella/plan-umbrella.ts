import { posix } from 'node:path';
import type { RepositoryText } from '../../repository/model.ts';
import { isOwnRepository, ownRepositories } from '../../repository/own-repositories.ts';
import { planApplication } from '../argo/plan-application.ts';
import type { LocatedObject } from '../located-object.ts';
import type { ReleasePlan } from '../planned-release.ts';

type Context = { deliveries: { objects: readonly LocatedObject[] }; text: RepositoryText };

/** The release of a chart in a folder here: as the Application says that deploys it, else with nothing but its own values. */
export function planUmbrella(folder: string, { deliveries, text }: Context): ReleasePlan {
  const own = ownRepositories(deliveries.objects, text);
  const context = { text, isOwn: (url: string) => isOwnRepository(own, url) };
  const plans = deliveries.objects
    .filter(({ kind, group }) => kind === 'Application' && group === 'argoproj.io')
    .flatMap(object => planApplication(context, object));
  const isOfFolder = (plan: ReleasePlan): boolean =>
    plan.status === 'planned' && 'folder' in plan.release.chart && plan.release.chart.folder === folder;
  return plans.find(isOfFolder) ?? alone(folder);
}

function alone(folder: string): ReleasePlan {
  const name = posix.basename(folder);
  return {
    status: 'planned',
    release: {
      by: { kind: 'Chart', name },
      release: name,
      namespace: undefined,
      chart: { name, folder },
      defaults: [],
      values: [],
      lines: [],
      cluster: {},
      crds: { isIncluded: true, onUpgrade: 'CreateReplace', isDefault: true },
      hasTests: false,
      hasHooks: true,
      postRenderers: [],
      metadata: { labels: {}, annotations: {} },
      open: [],
    },
  };
}
