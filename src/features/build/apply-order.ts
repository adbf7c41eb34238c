import type { Manifest } from '../../repository/manifest.ts';

/** What others need comes first: https://github.com/helm/helm/blob/v3.19.0/pkg/release/util/kind_sorter.go, InstallOrder. */
const ORDER = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
];
const PLACES = new Map(ORDER.map((kind, index) => [kind, index]));

/** Objects in the order in which they can be applied: kinds that nobody knows last, else as they came. */
export function inApplyOrder(manifests: readonly Manifest[]): Manifest[] {
  const place = ({ kind }: Manifest): number => PLACES.get(kind) ?? ORDER.length;
  return manifests.toSorted((a, b) => place(a) - place(b));
}
