import { isRecord } from '../../data/fields.ts';
import { isFilledIn, isToBeFilledIn } from '../../text/filled-in.ts';
import type { Manifest } from '../../repository/manifest.ts';
import type { Step } from '../../yaml/nodes.ts';
import { kindOf } from '../risks/risk.ts';
import {
  bindingFaults,
  clusterBindingFaults,
  definitionFaults,
  ruleFaults,
  webhookFaults,
} from './access.ts';
import type { Body, Fault } from './fault.ts';
import { backendTlsFaults, certificateFaults, gatewayFaults, listenersFaults } from './gateways.ts';
import { containersFaults } from './containers.ts';
import { filtersFaults } from './filters.ts';
import { nameFaults } from './names.ts';
import {
  configFaults,
  limitFaults,
  namespaceFaults,
  priorityFaults,
  quotaFaults,
  secretFaults,
} from './objects.ts';
import { podFaults } from './pods.ts';
import { grpcFaults, httpFaults, routeFaults, tlsFaults } from './routes.ts';
import { claimFaults, claimTemplateFaults, classFaults, volumeFaults } from './storage.ts';
import { ingressFaults, policyFaults, serviceFaults } from './traffic.ts';
import {
  budgetFaults,
  cronFaults,
  daemonSetFaults,
  deploymentFaults,
  jobFaults,
  scalerFaults,
  statefulSetFaults,
  workloadFaults,
} from './workloads.ts';

/**
 * What an API server refuses in an object by itself, whatever its schema says: names and labels, entries twice, ports,
 * selectors, amounts, schedules, words that it does not know, and the rules that Gateway API's definitions state. Nothing where a
 * value is of another type than it should be: that is the schema's to say; and where another program fills the value in.
 */
export function faultsOf(manifest: Manifest): Fault[] {
  return [
    ...nameFaults(manifest),
    ...podFaults(manifest),
    ...containersFaults(manifest),
    ...(FAULTS[kindOf(manifest)]?.(manifest.body) ?? []),
  ].filter(fault => !isOpen(manifest.body, fault));
}

function inside(value: unknown, step: Step): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isRecord(value) ? value[step] : undefined;
}

/** Whether the value that is refused, or the key that it stands under, is not written yet: an overlay, or a person, puts another there. */
function isOpen(body: Body, { path }: Fault): boolean {
  const written = path.reduce<unknown>((inner, step) => inside(inner, step), body);
  return [written, path.at(-1)].some(text => typeof text === 'string' && (isFilledIn(text) || isMark(text)));
}

/** `REPLACE_IN_OVERLAY`; `my_app` is a name like any other. */
function isMark(text: string): boolean {
  return text === text.toUpperCase() && isToBeFilledIn(text);
}

const RBAC = 'rbac.authorization.k8s.io';
const WEBHOOKS = 'admissionregistration.k8s.io';
const GATEWAY = 'gateway.networking.k8s.io';

const FAULTS: Readonly<Record<string, (body: Body) => Fault[]>> = {
  'apps/Deployment': deploymentFaults,
  'apps/StatefulSet': body => [...statefulSetFaults(body), ...claimTemplateFaults(body)],
  'apps/DaemonSet': daemonSetFaults,
  'apps/ReplicaSet': workloadFaults,
  'batch/Job': body => jobFaults(body),
  'batch/CronJob': cronFaults,
  'autoscaling/HorizontalPodAutoscaler': scalerFaults,
  'policy/PodDisruptionBudget': budgetFaults,
  '/Service': serviceFaults,
  'networking.k8s.io/Ingress': ingressFaults,
  'networking.k8s.io/NetworkPolicy': policyFaults,
  '/PersistentVolumeClaim': body => claimFaults(body),
  '/PersistentVolume': volumeFaults,
  'storage.k8s.io/StorageClass': classFaults,
  '/ConfigMap': configFaults,
  '/Secret': secretFaults,
  '/Namespace': namespaceFaults,
  '/ResourceQuota': quotaFaults,
  '/LimitRange': limitFaults,
  'scheduling.k8s.io/PriorityClass': priorityFaults,
  [`${RBAC}/RoleBinding`]: bindingFaults,
  [`${RBAC}/ClusterRoleBinding`]: clusterBindingFaults,
  [`${RBAC}/Role`]: ruleFaults(false),
  [`${RBAC}/ClusterRole`]: ruleFaults(true),
  [`${WEBHOOKS}/MutatingWebhookConfiguration`]: webhookFaults,
  [`${WEBHOOKS}/ValidatingWebhookConfiguration`]: webhookFaults,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionFaults,
  [`${GATEWAY}/HTTPRoute`]: body => [...httpFaults(body), ...filtersFaults(body)],
  [`${GATEWAY}/GRPCRoute`]: body => [...grpcFaults(body), ...filtersFaults(body)],
  [`${GATEWAY}/TLSRoute`]: tlsFaults,
  [`${GATEWAY}/TCPRoute`]: routeFaults,
  [`${GATEWAY}/UDPRoute`]: routeFaults,
  [`${GATEWAY}/Gateway`]: gatewayFaults,
  [`${GATEWAY}/ListenerSet`]: listenersFaults,
  [`${GATEWAY}/BackendTLSPolicy`]: backendTlsFaults,
  'cert-manager.io/Certificate': certificateFaults,
};
