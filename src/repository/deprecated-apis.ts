/** What an API version of a kind was replaced by, and where it ended. */
export type DeprecatedApi = {
  /** The API version to use now; undefined where nothing replaces it. */
  instead: string | undefined;
  /** Kubernetes release without it, or the release of the project that brought its successor. */
  since: string;
  /** Whether the same body is valid under the new version. */
  sameBody: boolean;
  /** Whether no cluster of a supported Kubernetes takes it any more, whatever is installed there. */
  isGone: boolean;
  /** Whether only a recent release of the project has the new version, so that a cluster may well not serve it. */
  isRecent: boolean;
};

const KUBERNETES: readonly [pattern: RegExp, instead: string | undefined, since: string][] = [
  [/^extensions\/v1beta1 (?:Deployment|DaemonSet|ReplicaSet)$/, 'apps/v1', 'Kubernetes 1.16'],
  [/^apps\/v1beta[12] /, 'apps/v1', 'Kubernetes 1.16'],
  [/^extensions\/v1beta1 NetworkPolicy$/, 'networking.k8s.io/v1', 'Kubernetes 1.16'],
  [/^extensions\/v1beta1 Ingress$/, 'networking.k8s.io/v1', 'Kubernetes 1.22'],
  [/^networking\.k8s\.io\/v1beta1 Ingress(?:Class)?$/, 'networking.k8s.io/v1', 'Kubernetes 1.22'],
  [/^rbac\.authorization\.k8s\.io\/v1(?:alpha|beta)1 /, 'rbac.authorization.k8s.io/v1', 'Kubernetes 1.22'],
  [/^apiextensions\.k8s\.io\/v1beta1 /, 'apiextensions.k8s.io/v1', 'Kubernetes 1.22'],
  [
    /^admissionregistration\.k8s\.io\/v1beta1 .*WebhookConfiguration$/,
    'admissionregistration.k8s.io/v1',
    'Kubernetes 1.22',
  ],
  [/^apiregistration\.k8s\.io\/v1beta1 /, 'apiregistration.k8s.io/v1', 'Kubernetes 1.22'],
  [/^certificates\.k8s\.io\/v1beta1 CertificateSigningRequest$/, 'certificates.k8s.io/v1', 'Kubernetes 1.22'],
  [/^coordination\.k8s\.io\/v1beta1 Lease$/, 'coordination.k8s.io/v1', 'Kubernetes 1.22'],
  [/^scheduling\.k8s\.io\/v1(?:alpha|beta)1 PriorityClass$/, 'scheduling.k8s.io/v1', 'Kubernetes 1.22'],
  [
    /^storage\.k8s\.io\/v1beta1 (?:CSIDriver|CSINode|StorageClass|VolumeAttachment)$/,
    'storage.k8s.io/v1',
    'Kubernetes 1.22',
  ],
  [/^extensions\/v1beta1 PodSecurityPolicy$/, undefined, 'Kubernetes 1.16'],
  [/^settings\.k8s\.io\/v1alpha1 PodPreset$/, undefined, 'Kubernetes 1.20'],
  [/^batch\/v2alpha1 CronJob$/, 'batch/v1', 'Kubernetes 1.21'],
  [/^batch\/v1beta1 CronJob$/, 'batch/v1', 'Kubernetes 1.25'],
  [/^discovery\.k8s\.io\/v1beta1 /, 'discovery.k8s.io/v1', 'Kubernetes 1.25'],
  [/^events\.k8s\.io\/v1beta1 /, 'events.k8s.io/v1', 'Kubernetes 1.25'],
  [/^node\.k8s\.io\/v1(?:alpha|beta)1 RuntimeClass$/, 'node.k8s.io/v1', 'Kubernetes 1.25'],
  [/^policy\/v1beta1 PodDisruptionBudget$/, 'policy/v1', 'Kubernetes 1.25'],
  [/^policy\/v1beta1 PodSecurityPolicy$/, undefined, 'Kubernetes 1.25'],
  [/^autoscaling\/v2beta[12] /, 'autoscaling/v2', 'Kubernetes 1.26'],
  [/^storage\.k8s\.io\/v1beta1 CSIStorageCapacity$/, 'storage.k8s.io/v1', 'Kubernetes 1.27'],
  [
    /^flowcontrol\.apiserver\.k8s\.io\/v1(?:alpha1|beta[123]) /,
    'flowcontrol.apiserver.k8s.io/v1',
    'Kubernetes 1.32',
  ],
];

const GATEWAY = 'gateway.networking.k8s.io/v1';
const GATEWAY_API: readonly [pattern: RegExp, since: string, isRecent?: boolean][] = [
  [/^gateway\.networking\.k8s\.io\/v1alpha2 (?:Gateway|GatewayClass|HTTPRoute)$/, 'Gateway API 1.0'],
  [/^gateway\.networking\.k8s\.io\/v1beta1 (?:Gateway|GatewayClass|HTTPRoute)$/, 'Gateway API 1.0'],
  [/^gateway\.networking\.k8s\.io\/v1alpha2 GRPCRoute$/, 'Gateway API 1.1'],
  [/^gateway\.networking\.k8s\.io\/v1alpha3 BackendTLSPolicy$/, 'Gateway API 1.4', true],
  [/^gateway\.networking\.k8s\.io\/v1alpha[23] TLSRoute$/, 'Gateway API 1.5', true],
  [/^gateway\.networking\.k8s\.io\/v1alpha2 (?:TCPRoute|UDPRoute)$/, 'Gateway API 1.6', true],
];

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/. */
export function deprecatedApi(apiVersion: string, kind: string): DeprecatedApi | undefined {
  const api = `${apiVersion} ${kind}`;
  const [, instead, since] = KUBERNETES.find(([pattern]) => pattern.test(api)) ?? [];
  if (since !== undefined) return { instead, since, sameBody: false, isGone: true, isRecent: false };
  const gateway = GATEWAY_API.find(([pattern]) => pattern.test(api));
  if (!gateway) return undefined;
  const [, ended, isRecent = false] = gateway;
  return {
    instead: GATEWAY,
    since: ended,
    sameBody: apiVersion.endsWith('/v1beta1'),
    isGone: false,
    isRecent,
  };
}

/** Whether an API still stands in a cluster of that version (`v1.34.2`); false where no version is known. */
export function endsAfter({ since, isGone }: DeprecatedApi, kubernetes: string | undefined): boolean {
  const minorOf = (text: string): number => Number(/\b1\.(\d+)/.exec(text)?.[1] ?? Number.NaN);
  return isGone && kubernetes !== undefined && minorOf(kubernetes.replace('v', '')) < minorOf(since);
}
