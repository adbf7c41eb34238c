import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { differingPairs } from '../object-pairs.ts';
import { faultsOf } from '../refused/faults.ts';
import { nameOf } from '../rendered-changes.ts';
import {
  judgeBudgets,
  judgeHooks,
  judgeProbes,
  judgeReplicas,
  judgeStrategy,
  judgeSuspended,
  judgeWebhooks,
} from './availability.ts';
import { judgeBackends } from './backends.ts';
import { judgeBetween } from './between.ts';
import { judgeAdmission, judgeCrds } from './crds.ts';
import { judgeRemovedData, judgeRetention, judgeVolumes } from './data.ts';
import { judgeImages } from './images.ts';
import { judgeImmutable } from './immutable.ts';
import { judgeNamespaces, judgePods } from './pods.ts';
import { judgeBindings, judgeRoles } from './rbac.ts';
import { byLevel, type Judge, type Risk, type Surroundings } from './risk.ts';
import { judgeServedApis } from './served-apis.ts';
import { judgePolicies, judgeRoutes, judgeServices } from './traffic.ts';

/** What the API server refuses in an object by itself, where the old version of it was sound: a chart that broke. */
const judgeRefused: Judge = ({ before, after }, { serverSide }) => {
  if (!after) return [];
  const had = new Set(before ? faultsOf(before).map(({ fact }) => fact.en) : []);
  return faultsOf(after)
    .filter(({ fact, isOfNew }) => !had.has(fact.en) && !(isOfNew && before))
    .map(({ fact, isDouble }) => ({
      id: 'refused',
      level: isDouble && !serverSide ? 'high' : 'fatal',
      fact,
      remedy: isDouble ? say('risks.mendOrReplace') : say('risks.mendValues'),
    }));
};

const JUDGES: readonly Judge[] = [
  judgeRemovedData,
  judgeImmutable,
  judgeVolumes,
  judgeRefused,
  judgeServedApis,
  judgeRetention,
  judgeCrds,
  judgeAdmission,
  judgeRoles,
  judgeBindings,
  judgeServices,
  judgePolicies,
  judgePods,
  judgeNamespaces,
  judgeRoutes,
  judgeReplicas,
  judgeStrategy,
  judgeSuspended,
  judgeBudgets,
  judgeWebhooks,
  judgeImages,
  judgeProbes,
  judgeHooks,
];

/** What the step from one build of an app to another may do to a cluster, the gravest first. */
export function judgeRisks(
  before: readonly Manifest[],
  after: readonly Manifest[],
  surroundings: Surroundings,
): Risk[] {
  const judgedIn = { ...surroundings, isAllGone: after.length === 0 };
  const risks = differingPairs(before, after).flatMap(pair => {
    const object = nameOf(pair.after ?? pair.before);
    return JUDGES.flatMap(judge => judge(pair, judgedIn)).map(found => ({ ...found, object }));
  });
  return byLevel([
    ...risks,
    ...judgeBackends(before, after, surroundings),
    ...judgeBetween({ before, after }, surroundings),
  ]);
}
