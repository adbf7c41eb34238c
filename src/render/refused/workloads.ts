import { isRecord, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { shown } from '../risks/values.ts';
import {
  between,
  checked,
  type Checks,
  forbidden,
  has,
  filled,
  needs,
  oneOf,
  SELECTOR,
  share,
  single,
} from './checks.ts';
import { absent, type Body, exclusive, type Fault, entriesAt, wrong } from './fault.ts';
import { isSchedule } from './schedules.ts';

const WORKLOAD: Checks = {
  replicas: between(0),
  minReadySeconds: between(0),
  revisionHistoryLimit: between(0),
  progressDeadlineSeconds: between(1),
  podManagementPolicy: oneOf('OrderedReady', 'Parallel'),
  'persistentVolumeClaimRetentionPolicy.whenDeleted': oneOf('Retain', 'Delete'),
  'persistentVolumeClaimRetentionPolicy.whenScaled': oneOf('Retain', 'Delete'),
  'strategy.type': oneOf('Recreate', 'RollingUpdate'),
  'updateStrategy.type': oneOf('OnDelete', 'RollingUpdate'),
  ...Object.fromEntries(
    ['strategy', 'updateStrategy'].flatMap(name => [
      [`${name}.rollingUpdate.maxSurge`, share()],
      [`${name}.rollingUpdate.maxUnavailable`, share(100)],
      [`${name}.rollingUpdate.partition`, between(0)],
    ]),
  ),
};

/** What the API server refuses in a workload beside its pods. */
export function workloadFaults(body: Body): Fault[] {
  const spec = body['spec'];
  return [...checked(spec, WORKLOAD, ['spec']), ...selectorFaults(spec), ...progressFaults(spec)];
}

/** Those of a Deployment. */
export function deploymentFaults(body: Body): Fault[] {
  return [...workloadFaults(body), ...strategyFaults(body['spec'], 'strategy', 'Recreate')];
}

/** Those of a StatefulSet. */
export function statefulSetFaults(body: Body): Fault[] {
  return [...workloadFaults(body), ...strategyFaults(body['spec'], 'updateStrategy', 'OnDelete')];
}

/** Those of a DaemonSet, which adds pods or takes them away, one of the two. */
export function daemonSetFaults(body: Body): Fault[] {
  const path = ['spec', 'updateStrategy', 'rollingUpdate'];
  const rolling = valueAt(body, path);
  const isBoth = isRecord(rolling) && isSome(rolling['maxSurge']) && isSome(rolling['maxUnavailable']);
  return [
    ...workloadFaults(body),
    ...strategyFaults(body['spec'], 'updateStrategy', 'OnDelete'),
    ...(isBoth ? [exclusive(path, ['maxSurge', 'maxUnavailable'])] : []),
  ];
}

function isSome(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 0 && value !== '0%';
}

function selectorFaults(spec: unknown): Fault[] {
  const selector = valueAt(spec, ['selector']);
  const at = ['spec', 'selector'];
  if (isRecord(selector) && Object.keys(selector).length === 0) return [absent([...at, 'matchLabels'])];
  const missing = unmatched(selector, valueAt(spec, ['template', 'metadata', 'labels']));
  const path = ['spec', 'template', 'metadata', 'labels'];
  return [
    ...checked(selector, SELECTOR, at),
    ...(missing.length > 0
      ? [{ path, fact: say('risks.selectorUnmatched', { labels: missing.join(', ') }) }]
      : []),
  ];
}

/** The keys of a selector that labels do not fulfil. */
function unmatched(selector: unknown, labels: unknown): string[] {
  const value = (key: string): unknown =>
    isRecord(labels) && Object.hasOwn(labels, key) ? labels[key] : undefined;
  const wanted = valueAt(selector, ['matchLabels']);
  const plain = Object.entries(isRecord(wanted) ? wanted : {}).flatMap(([key, text]) =>
    value(key) === text ? [] : [key],
  );
  const odd = entriesAt(selector, ['matchExpressions']).flatMap(({ value: expression }) => {
    const key = stringOf(expression['key']) ?? '';
    const isAmong = stringsAt(expression, ['values']).includes(String(value(key)));
    const fits: Readonly<Record<string, boolean>> = {
      In: isAmong,
      NotIn: !isAmong,
      Exists: value(key) !== undefined,
      DoesNotExist: value(key) === undefined,
    };
    return fits[String(expression['operator'])] === false ? [key] : [];
  });
  return [...plain, ...odd];
}

function strategyFaults(spec: unknown, name: string, other: string): Fault[] {
  const strategy = valueAt(spec, [name]);
  if (!isRecord(strategy)) return [];
  const rolling = strategy['rollingUpdate'];
  const path = ['spec', name];
  if (strategy['type'] === other && isRecord(rolling))
    return [exclusive(path, [`type: ${other}`, 'rollingUpdate'])];
  const isStuck =
    isRecord(rolling) &&
    has(rolling, 'maxSurge') &&
    has(rolling, 'maxUnavailable') &&
    !isSome(rolling['maxSurge']) &&
    !isSome(rolling['maxUnavailable']);
  return isStuck ? [{ path: [...path, 'rollingUpdate'], fact: say('risks.rollsNowhere') }] : [];
}

const PROGRESS_SECONDS = 600;

function progressFaults(spec: unknown): Fault[] {
  const [ready, wanted] = ['minReadySeconds', 'progressDeadlineSeconds'].map(name => valueAt(spec, [name]));
  if (typeof ready !== 'number' || !isRecord(spec) || 'updateStrategy' in spec) return [];
  const deadline = typeof wanted === 'number' ? wanted : undefined;
  const isLate = ready >= (deadline ?? PROGRESS_SECONDS) && deadline !== undefined;
  const path = ['spec', 'progressDeadlineSeconds'];
  return isLate ? [wrong(path, deadline, say('risks.ruleLeast', { least: ready + 1 }))] : [];
}

const JOB: Checks = {
  backoffLimit: between(0),
  completions: between(0),
  parallelism: between(0),
  activeDeadlineSeconds: between(0),
  ttlSecondsAfterFinished: between(0),
  completionMode: oneOf('NonIndexed', 'Indexed'),
};

/** What the API server refuses in a Job; it makes the selector by itself. */
export function jobFaults(body: Body, path: readonly string[] = ['spec']): Fault[] {
  const spec = valueAt(body, path);
  if (!isRecord(spec)) return [];
  const isChosen = has(spec, 'selector') && spec['manualSelector'] !== true;
  return [
    ...checked(spec, JOB, path),
    ...(isChosen ? [forbidden([...path, 'selector'], say('risks.inJob'))] : []),
  ];
}

const CRON: Checks = {
  '': filled('schedule'),
  concurrencyPolicy: oneOf('Allow', 'Forbid', 'Replace'),
  startingDeadlineSeconds: between(0),
  successfulJobsHistoryLimit: between(0),
  failedJobsHistoryLimit: between(0),
  timeZone: (value, path) =>
    typeof value === 'string' && !isZone(value) ? [wrong(path, value, say('risks.ruleZone'))] : [],
};

/** What the API server refuses in a CronJob. */
export function cronFaults(body: Body): Fault[] {
  const faults = [
    ...checked(body['spec'], CRON, ['spec']),
    ...jobFaults(body, ['spec', 'jobTemplate', 'spec']),
  ];
  const path = ['spec', 'schedule'];
  const schedule = stringOf(valueAt(body, path)) ?? '';
  if (schedule === '') return faults;
  if (/^\s*(?:CRON_)?TZ=/.test(schedule))
    return [...faults, { path, fact: say('risks.zoneInSchedule', { schedule: shown(schedule) }) }];
  return isSchedule(schedule) ? faults : [...faults, wrong(path, schedule, say('risks.ruleSchedule'))];
}

function isZone(name: string): boolean {
  if (name === '' || name.toLowerCase() === 'local') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

const METRICS: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  Utilization: ['averageUtilization'],
  Value: ['value'],
  AverageValue: ['averageValue'],
};

const SCALER: Checks = {
  scaleTargetRef: filled('kind', 'name'),
  minReplicas: between(0),
  maxReplicas: between(1),
  'metrics[].type': oneOf(...Object.keys(METRICS)),
  'metrics[]': (value, path) => {
    const field = isRecord(value) ? METRICS[String(value['type'])] : undefined;
    if (field === undefined || !isRecord(value)) return [];
    const source = value[field];
    if (!isRecord(source)) return [absent([...path, field])];
    const fields = TARGETS[String(valueAt(source, ['target', 'type']))] ?? [];
    return needs(...fields)(source['target'], [...path, field, 'target']);
  },
  'behavior.scaleUp.stabilizationWindowSeconds': between(0, 3600),
  'behavior.scaleDown.stabilizationWindowSeconds': between(0, 3600),
  'behavior.scaleUp.policies[].periodSeconds': between(1, 1800),
  'behavior.scaleDown.policies[].periodSeconds': between(1, 1800),
};

/** What the API server refuses in a HorizontalPodAutoscaler. */
export function scalerFaults(body: Body): Fault[] {
  const [least, most] = ['minReplicas', 'maxReplicas'].map(name => valueAt(body, ['spec', name]));
  const isOff = typeof least === 'number' && typeof most === 'number' && least > most;
  const path = ['spec', 'maxReplicas'];
  return [
    ...checked(body['spec'], SCALER, ['spec']),
    ...(isOff ? [{ path, fact: say('risks.moreThanMost', { least, most }) }] : []),
  ];
}

const BUDGET: Checks = {
  '': single(['minAvailable', 'maxUnavailable']),
  minAvailable: share(100),
  maxUnavailable: share(100),
  selector: (value, path) => checked(value, SELECTOR, path),
  unhealthyPodEvictionPolicy: oneOf('IfHealthyBudget', 'AlwaysAllow'),
};

/** What the API server refuses in a PodDisruptionBudget. */
export function budgetFaults(body: Body): Fault[] {
  return checked(body['spec'], BUDGET, ['spec']);
}
