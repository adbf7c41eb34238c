import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../../src/repository/manifest.ts';
import { judgeRisks } from '../../../src/render/risks/judge.ts';
import { endingApis } from '../../../src/render/risks/served-apis.ts';
import { object } from '../../support/objects.ts';

function judged(
  before: readonly Manifest[],
  after: readonly Manifest[],
  kubernetes = { version: 'v1.36.0', isKnown: true },
): string[] {
  const surroundings = {
    serverSide: true,
    isUsed: () => false,
    namespace: 'web',
    routesElsewhere: () => [],
    kubernetes,
  };
  return judgeRisks(before, after, surroundings).map(({ id, level }) => `${level} ${id}`);
}

describe('API versions that the cluster no longer serves', () => {
  const NOT_SERVED = ['fatal api-removed'];
  const of = (apiVersion: string, kind: string): Manifest => object(apiVersion, kind, {});
  const pdb = (version: string): Manifest => of(`policy/${version}`, 'PodDisruptionBudget');
  const hpa = (version: string): Manifest => of(`autoscaling/${version}`, 'HorizontalPodAutoscaler');
  const level = (version: string): Manifest =>
    of(`flowcontrol.apiserver.k8s.io/${version}`, 'PriorityLevelConfiguration');
  const cron = (version: string): Manifest => of(`batch/${version}`, 'CronJob');
  const ingress = (apiVersion: string): Manifest => of(apiVersion, 'Ingress');

  /** `404` is what a kube-apiserver 1.36 answered to the new object. */
  const STEPS: [title: string, before: Manifest[], after: Manifest[], risks: string[], server?: 404][] = [
    ['a disruption budget goes back to v1beta1', [pdb('v1')], [pdb('v1beta1')], NOT_SERVED, 404],
    ['a new disruption budget of v1beta1', [], [pdb('v1beta1')], NOT_SERVED, 404],
    ['a disruption budget becomes v1', [pdb('v1beta1')], [pdb('v1')], []],
    ['an old disruption budget stays what it is', [pdb('v1beta1')], [pdb('v1beta1')], []],
    ['an autoscaler of v2beta2', [hpa('v2')], [hpa('v2beta2')], NOT_SERVED, 404],
    ['an autoscaler becomes v2', [hpa('v2beta2')], [hpa('v2')], []],
    ['an autoscaler goes back to v1, which is served', [hpa('v2')], [hpa('v1')], []],
    ['a priority level of v1beta3', [level('v1')], [level('v1beta3')], NOT_SERVED, 404],
    ['a CronJob of v1beta1', [cron('v1')], [cron('v1beta1')], NOT_SERVED],
    [
      'an Ingress of extensions',
      [ingress('networking.k8s.io/v1')],
      [ingress('networking.k8s.io/v1beta1')],
      NOT_SERVED,
    ],
    ['an Ingress becomes v1', [ingress('networking.k8s.io/v1beta1')], [ingress('networking.k8s.io/v1')], []],
    [
      'a route of v1beta1, which the API’s own releases still serve',
      [of('gateway.networking.k8s.io/v1', 'HTTPRoute')],
      [of('gateway.networking.k8s.io/v1beta1', 'HTTPRoute')],
      [],
    ],
    ['a kind of somebody else’s', [], [of('policy.example/v1beta1', 'PodDisruptionBudget')], []],
  ];
  test.each(STEPS)('%s', (_, before, after, risks) => expect(judged(before, after)).toEqual(risks));

  test.each([
    ['an older cluster serves it', 'v1.24.9', true, []],
    ['from its end on it does not', 'v1.25.0', true, NOT_SERVED],
    ['nobody says which cluster it is: perhaps', 'v1.36.0', false, ['high api-removed']],
  ] as const)('%s', (_, version, isKnown, risks) => {
    expect(judged([pdb('v1')], [pdb('v1beta1')], { version, isKnown })).toEqual(risks);
  });

  test('those of a build, removed ones first, each once', () => {
    const build = [
      of('gateway.networking.k8s.io/v1alpha2', 'TLSRoute'),
      level('v1beta3'),
      cron('v1beta1'),
      cron('v1beta1'),
      cron('v1'),
    ];
    const shown = endingApis(build, 'v1.30.0').map(
      ({ apiVersion, isRemoved }) => `${apiVersion} ${isRemoved}`,
    );
    expect(shown).toEqual([
      'batch/v1beta1 true',
      'gateway.networking.k8s.io/v1alpha2 false',
      'flowcontrol.apiserver.k8s.io/v1beta3 false',
    ]);
  });
});
