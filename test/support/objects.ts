import { type Manifest, parseManifests } from '../../src/repository/manifest.ts';

type Fields = Record<string, unknown>;

/** One Kubernetes object as a build gives it. */
export function object(apiVersion: string, kind: string, fields: Fields = {}): Manifest {
  const { metadata, ...rest } = fields as { metadata?: Fields };
  const [manifest] = parseManifests([{ apiVersion, kind, metadata: { name: 'one', ...metadata }, ...rest }]);
  if (!manifest) throw new Error(`no object: ${kind}`);
  return manifest;
}

const LABELS = { app: 'one' };

/** A pod template with one container; `container` and `pod` add to it. */
export function template({ container = {}, pod = {}, labels = LABELS }: Template = {}): Fields {
  return {
    metadata: { labels },
    spec: { containers: [{ name: 'c', image: 'registry.example/one:1', ...container }], ...pod },
  };
}
type Template = { container?: Fields; pod?: Fields; labels?: Fields };

/** A Deployment, StatefulSet or DaemonSet whose selector matches; `spec` adds to it. */
export function workload(kind: string, spec: Fields = {}, metadata: Fields = {}): Manifest {
  const whole = { selector: { matchLabels: LABELS }, template: template(), ...spec };
  return object('apps/v1', kind, { metadata, spec: whole });
}

/** A StatefulSet with one claim. */
export function database(spec: Fields = {}, ofClaim: Fields = {}): Manifest {
  const { metadata, ...claimSpec } = ofClaim as { metadata?: Fields };
  const claims = [
    {
      metadata: { name: 'data', ...metadata },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...claimSpec },
    },
  ];
  return workload('StatefulSet', { serviceName: 'one', volumeClaimTemplates: claims, ...spec });
}

/** A PersistentVolumeClaim. */
export function claim(spec: Fields = {}, metadata: Fields = {}): Manifest {
  const whole = { accessModes: ['ReadWriteOnce'], storageClassName: 'std', ...size('10Gi'), ...spec };
  return object('v1', 'PersistentVolumeClaim', { metadata, spec: whole });
}

/** How much a claim asks for. */
export function size(storage: string): Fields {
  return { resources: { requests: { storage } } };
}

/** A Service with one port. */
export function service(spec: Fields = {}): Manifest {
  return object('v1', 'Service', {
    spec: { selector: LABELS, ports: [{ name: 'http', port: 80 }], ...spec },
  });
}

/** A ClusterRole with these rules. */
export function role(...rules: [groups: string, resources: string, verbs: string][]): Manifest {
  const list = (text: string): string[] => text.split(' ').map(word => (word === 'core' ? '' : word));
  return object('rbac.authorization.k8s.io/v1', 'ClusterRole', {
    rules: rules.map(([groups, resources, verbs]) => ({
      apiGroups: list(groups),
      resources: resources.split(' '),
      verbs: verbs.split(' '),
    })),
  });
}

/** A ClusterRoleBinding of a role to service accounts or groups. */
export function binding(roleName: string, ...subjects: Fields[]): Manifest {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName };
  return object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { roleRef, subjects });
}

/** A custom resource definition with these versions; each `properties` are those of its schema. */
export function crd(
  versions: { name: string; served?: boolean; storage?: boolean; schema?: Fields }[],
  spec: Fields = {},
): Manifest {
  return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
    metadata: { name: 'ones.acme.example' },
    spec: {
      group: 'acme.example',
      scope: 'Namespaced',
      names: { kind: 'One', plural: 'ones' },
      versions: versions.map(({ name, served = true, storage = false, schema = {} }) => ({
        name,
        served,
        storage,
        schema: { openAPIV3Schema: { type: 'object', ...schema } },
      })),
      ...spec,
    },
  });
}
