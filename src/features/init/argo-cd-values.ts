import type { ValueChange } from '../../yaml/edit.ts';
import type { InitRequest } from './init-request.ts';

const PLUGIN = 'cmp-kustomize-dependencies';

/** What Argo CD's chart needs for a repository of Kustomize folders with Helm charts in them. */
export function argoCdValues({ promotion, style }: InitRequest): ValueChange[] {
  return [
    // Argo CD itself says nothing of the health of Applications since 1.8: without it a root waits for no wave.
    ...(style === 'app-of-apps' ? [{ path: ['configs', 'cm', APPLICATION_HEALTH], value: HEALTH }] : []),
    // The commit server writes what is rendered; the chart switches the hydrator on with it.
    ...(promotion === 'promoter' ? [{ path: ['commitServer', 'enabled'], value: true }] : []),
    {
      path: ['configs', 'cm', 'kustomize.buildOptions'],
      value: '--enable-helm --load-restrictor LoadRestrictionsNone',
    },
    // Applications may live in any namespace; their project must allow it (sourceNamespaces), and ours does not.
    { path: ['configs', 'params', 'application.namespaces'], value: '*' },
    { path: ['repoServer', 'extraContainers'], value: [SIDECAR] },
    {
      path: ['repoServer', 'volumes'],
      value: [
        { name: PLUGIN, configMap: { name: PLUGIN } },
        { name: 'cmp-tmp', emptyDir: {} },
      ],
    },
  ];
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/; its /tmp is its own. */
const SIDECAR = {
  name: 'kustomize-dependencies',
  // Argo CD's own image has kustomize and helm. The chart renders templates here.
  image: '{{ .Values.global.image.repository }}:{{ default .Chart.AppVersion .Values.global.image.tag }}',
  command: ['/var/run/argocd/argocd-cmp-server'],
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 999,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
  volumeMounts: [
    { name: 'var-files', mountPath: '/var/run/argocd' },
    { name: 'plugins', mountPath: '/home/argocd/cmp-server/plugins' },
    { name: PLUGIN, mountPath: '/home/argocd/cmp-server/config/plugin.yaml', subPath: 'plugin.yaml' },
    { name: 'cmp-tmp', mountPath: '/tmp' },
  ],
};

const APPLICATION_HEALTH = 'resource.customizations.health.argoproj.io_Application';

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#argocd-app */
const HEALTH = `hs = {}
hs.status = "Progressing"
hs.message = ""
if obj.status ~= nil and obj.status.health ~= nil then
  hs.status = obj.status.health.status
  if obj.status.health.message ~= nil then
    hs.message = obj.status.health.message
  end
end
return hs
`;
