/** Kinds of Kubernetes and of widespread projects that belong to no namespace, as `<group> <Kind>`. */
const CLUSTER_SCOPED = new Set([
  ' ComponentStatus',
  ' Namespace',
  ' Node',
  ' PersistentVolume',
  'admissionregistration.k8s.io MutatingWebhookConfiguration',
  'admissionregistration.k8s.io ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io MutatingAdmissionPolicy',
  'admissionregistration.k8s.io MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io ValidatingWebhookConfiguration',
  'apiextensions.k8s.io CustomResourceDefinition',
  'apiregistration.k8s.io APIService',
  'certificates.k8s.io CertificateSigningRequest',
  'certificates.k8s.io ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io FlowSchema',
  'flowcontrol.apiserver.k8s.io PriorityLevelConfiguration',
  'gateway.networking.k8s.io GatewayClass',
  'networking.k8s.io IngressClass',
  'networking.k8s.io IPAddress',
  'networking.k8s.io ServiceCIDR',
  'node.k8s.io RuntimeClass',
  'policy PodSecurityPolicy',
  'rbac.authorization.k8s.io ClusterRole',
  'rbac.authorization.k8s.io ClusterRoleBinding',
  'resource.k8s.io DeviceClass',
  'resource.k8s.io ResourceSlice',
  'scheduling.k8s.io PriorityClass',
  'snapshot.storage.k8s.io VolumeSnapshotClass',
  'snapshot.storage.k8s.io VolumeSnapshotContent',
  'storage.k8s.io CSIDriver',
  'storage.k8s.io CSINode',
  'storage.k8s.io StorageClass',
  'storage.k8s.io VolumeAttachment',
  'storage.k8s.io VolumeAttributesClass',
]);

/** Groups of Kubernetes itself: a kind of theirs that is not in the list above is namespaced. */
const BUILT_IN =
  /^(?:|apps|batch|policy|autoscaling|(?:networking|rbac\.authorization|coordination|discovery|events|storage|scheduling|admissionregistration|apiextensions|apiregistration|certificates|node|resource|flowcontrol\.apiserver)\.k8s\.io)$/;

/** Whether an API version is one of Kubernetes itself. */
export function isBuiltInGroup(apiVersion: string): boolean {
  return BUILT_IN.test(groupOf(apiVersion));
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Whether objects of a kind live in a namespace; undefined for a custom resource that nobody has described. */
export function isNamespaced(
  apiVersion: string,
  kind: string,
  scopes: Readonly<Record<string, 'Cluster' | 'Namespaced'>>,
): boolean | undefined {
  const group = groupOf(apiVersion);
  if (CLUSTER_SCOPED.has(`${group} ${kind}`)) return false;
  const described = scopes[`${group}/${kind}`];
  if (described !== undefined) return described === 'Namespaced';
  return BUILT_IN.test(group) || group === 'gateway.networking.k8s.io' ? true : undefined;
}
