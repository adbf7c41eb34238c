import type { Template } from '../../repository/templates.ts';

/** The templates of `templates/init/`. */
export const INIT_TEMPLATES = [
  '.gitignore',
  '.editorconfig',
  '.pre-commit-config.yaml',
  'image-prefix.yaml',
  '.slipway/config.yaml',
  'en/README.md',
  'en/AGENTS.md',
  'zh-CN/README.md',
  'zh-CN/AGENTS.md',
  'argo-cd/appproject.yaml',
  'argo-cd/applicationset.yaml',
  'argo-cd/plugin.yaml',
  'argo-cd/repository-sealedsecret.yaml',
  'cert-manager/clusterissuer.yaml',
  'gateway/gateway.yaml',
  'gateway/certificate.yaml',
  'gateway/without-gateway-api.yaml',
  'ci/github.yaml',
  'ci/gitlab.yaml',
  'ci/gitlab-upgrade.sh',
  'ci/tekton-check.yaml',
  'ci/tekton-upgrade.yaml',
] as const;
export type InitTemplates = Record<(typeof INIT_TEMPLATES)[number], Template>;
