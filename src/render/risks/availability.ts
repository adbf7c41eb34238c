import { asMap, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Found, type Judge, kindOf, type RiskLevel } from './risk.ts';
import { hookOf, isSame, podTemplateOf, shown } from './values.ts';

const SCALED = /^apps\/(?:Deployment|StatefulSet)$/;

/** Workloads that stop, or that stop before their successors run. */
export const judgeReplicas: Judge = ({ before, after }) => {
  if (!before || !after || !SCALED.test(kindOf(after))) return [];
  const replicas = ({ body }: Manifest): unknown => valueAt(body, ['spec', 'replicas']);
  if (replicas(after) !== 0 || replicas(before) === 0) return [];
  const fact = say('risks.noReplicas', { before: shown(replicas(before) ?? 1) });
  return [{ id: 'unavailable', level: 'high', fact, remedy: say('risks.setReplicas') }];
};

/** Jobs that are no longer started. */
export const judgeSuspended: Judge = ({ before, after }) => {
  if (!before || !after || !/^batch\/(?:CronJob|Job)$/.test(kindOf(after))) return [];
  const isSuspended = ({ body }: Manifest): boolean => valueAt(body, ['spec', 'suspend']) === true;
  if (!isSuspended(after) || isSuspended(before)) return [];
  return [
    { id: 'unavailable', level: 'high', fact: say('risks.suspended'), remedy: say('risks.setSuspend') },
  ];
};

/**
 * A strategy that ends every pod first. The server has written its own parameters of a rolling update where none stood in the
 * manifest, and refuses the new strategy beside them under server-side apply.
 */
export const judgeStrategy: Judge = ({ before, after }, { serverSide }) => {
  if (!before || !after) return [];
  if (kindOf(after) === 'apps/StatefulSet') return onDelete(before, after, levelUnder(serverSide));
  if (kindOf(after) !== 'apps/Deployment') return [];
  const type = ({ body }: Manifest): unknown =>
    valueAt(body, ['spec', 'strategy', 'type']) ?? 'RollingUpdate';
  if (type(after) !== 'Recreate' || type(before) === 'Recreate') return [];
  const stops: Found = {
    id: 'unavailable',
    level: 'high',
    fact: say('risks.recreates'),
    remedy: say('risks.setStrategy'),
  };
  const isWritten = valueAt(before.body, ['spec', 'strategy', 'rollingUpdate']) !== undefined;
  return isWritten
    ? [stops]
    : [stops, refusedUnderApply('spec.strategy.rollingUpdate', levelUnder(serverSide))];
};

/** What only server-side apply refuses is fatal where that is known to be used. */
function levelUnder(serverSide: boolean): RiskLevel {
  return serverSide ? 'fatal' : 'high';
}

function onDelete(before: Manifest, after: Manifest, level: RiskLevel): Found[] {
  const type = ({ body }: Manifest): unknown =>
    valueAt(body, ['spec', 'updateStrategy', 'type']) ?? 'RollingUpdate';
  const isWritten = valueAt(before.body, ['spec', 'updateStrategy', 'rollingUpdate']) !== undefined;
  const isRefused = type(after) === 'OnDelete' && type(before) !== 'OnDelete' && !isWritten;
  return isRefused ? [refusedUnderApply('spec.updateStrategy.rollingUpdate', level)] : [];
}

function refusedUnderApply(path: string, level: RiskLevel): Found {
  const fact = say('risks.strategyRefused', { path });
  return { id: 'refused', level, fact, remedy: say('risks.replaceOnce') };
}

/** A disruption budget that lets no pod go: nodes cannot be drained. */
export const judgeBudgets: Judge = ({ before, after }) => {
  if (!after || kindOf(after) !== 'policy/PodDisruptionBudget') return [];
  const field = (manifest: Manifest | undefined, name: string): unknown =>
    manifest && valueAt(manifest.body, ['spec', name]);
  const blocks = (manifest: Manifest | undefined): boolean =>
    ['0', '0%'].includes(String(field(manifest, 'maxUnavailable'))) ||
    field(manifest, 'minAvailable') === '100%';
  if (!blocks(after) || blocks(before)) return [];
  const value = field(after, 'maxUnavailable') ?? field(after, 'minAvailable');
  const fact = say('risks.budgetBlocks', { value: shown(value) });
  return [{ id: 'unavailable', level: 'high', fact, remedy: say('risks.relaxBudget') }];
};

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** Probes that go from a container that stays. */
export const judgeProbes: Judge = ({ before, after }) => {
  const [old, fresh] = [before && podTemplateOf(before), after && podTemplateOf(after)];
  if (!old || !fresh) return [];
  const containers = recordsAt(fresh.template, ['spec', 'containers']);
  const lost = recordsAt(old.template, ['spec', 'containers']).flatMap(container => {
    const same = containers.find(({ name }) => name === container['name']);
    if (!same) return [];
    return PROBES.filter(probe => container[probe] && !same[probe]).map(
      probe => `${stringOf(container['name']) ?? ''} ${probe}`,
    );
  });
  if (lost.length === 0) return [];
  const fact = say('risks.probesGone', { probes: lost.join(', ') });
  return [{ id: 'probe-removed', level: 'low', fact, remedy: say('risks.setProbe') }];
};

const WEBHOOK = /^admissionregistration\.k8s\.io\/(?:Mutating|Validating)WebhookConfiguration$/;

/** Webhooks without which nothing is admitted any more, where before they could be away. */
export const judgeWebhooks: Judge = ({ before, after }) => {
  if (!after || !WEBHOOK.test(kindOf(after))) return [];
  const closed = (manifest: Manifest): string[] =>
    recordsAt(manifest.body, ['webhooks'])
      .filter(({ failurePolicy }) => (failurePolicy ?? 'Fail') === 'Fail')
      .map(({ name }) => stringOf(name) ?? '');
  const had = before ? closed(before) : [];
  const fresh = closed(after).filter(name => !had.includes(name));
  const found = (fact: Found['fact'], remedy: Found['remedy']): Found => ({
    id: 'webhook-blocks',
    level: 'high',
    fact,
    remedy,
  });
  const wider = before ? widened(before, after).filter(name => !fresh.includes(name)) : [];
  return [
    ...(fresh.length > 0
      ? [found(say('risks.failsClosed', { names: fresh.join(', ') }), say('risks.setIgnore'))]
      : []),
    ...(wider.length > 0
      ? [found(say('risks.webhookWider', { names: wider.join(', ') }), say('risks.keepSelector'))]
      : []),
  ];
};

/** Webhooks that fail closed and are asked about objects that a selector spared. */
function widened(before: Manifest, after: Manifest): string[] {
  const old = recordsAt(before.body, ['webhooks']);
  const isSparing = (selector: unknown): boolean => Object.keys(asMap(selector)).length > 0;
  return recordsAt(after.body, ['webhooks']).flatMap(webhook => {
    const same = old.find(({ name }) => name === webhook['name']);
    const isOpen = (webhook['failurePolicy'] ?? 'Fail') !== 'Fail';
    const lost = ['namespaceSelector', 'objectSelector'].some(
      selector => isSparing(same?.[selector]) && !isSparing(webhook[selector]),
    );
    return !isOpen && lost ? [stringOf(webhook['name']) ?? ''] : [];
  });
}

/** Programs that run at the sync: hooks that are new or do something else. Tests run only when asked for. */
export const judgeHooks: Judge = ({ before, after }) => {
  if (!after || !/^(?:batch\/Job|\/Pod)$/.test(kindOf(after))) return [];
  const events = hookEvents(after);
  if (events === undefined) return [];
  const spec = (manifest: Manifest): unknown => containersOf(manifest);
  if (before && isSame(spec(before), spec(after))) return [];
  const fact = say(before ? 'risks.hookChanged' : 'risks.hookNew', { events });
  return [{ id: 'hook-runs', level: 'low', fact, remedy: say('risks.readTheHook') }];
};

/** The events of a hook that a sync runs; undefined for tests, which run only when asked for. */
function hookEvents(manifest: Manifest): string | undefined {
  const events = hookOf(manifest);
  const isTest = events?.split(',').every(one => /^\s*test(?:-success|-failure)?\s*$/.test(one)) ?? true;
  return isTest ? undefined : events;
}

/** What runs: programs, arguments and environment, not the images' tags. */
function containersOf(manifest: Manifest): unknown {
  const pod = podTemplateOf(manifest);
  return recordsAt(pod?.template, ['spec', 'containers']).map(({ name, command, args, env }) => [
    name,
    command,
    args,
    env,
  ]);
}
