import type { Conventions } from '../../repository/conventions/conventions.ts';
import type { Text } from '../../text/language.ts';
import { appManifests, type Repository } from '../../repository/model.ts';

/** The concept model on one page, drawn from a repository's own apps. */
export function renderConcepts(repository: Repository, conventions: Conventions): Text {
  const facts = gather(repository, conventions);
  return { en: english(facts), 'zh-CN': chinese(facts) };
}

type Facts = {
  environments: string[];
  apps: number;
  app: string;
  chart: string;
  host: string;
  gateway: string;
  sealed: number;
  mirror: string;
  sets: string;
};

function gather(repository: Repository, conventions: Conventions): Facts {
  const { environments, gateway, domains, imagePrefix } = conventions;
  const { apps } = repository;
  const example = apps.find(app => app.kustomization.charts.length > 0) ?? apps[0];
  const [chart] = example?.kustomization.charts ?? [];
  const files = (kinds: RegExp): string[] =>
    apps.flatMap(app => appManifests(repository, app, kinds).map(({ file }) => file));
  const [domain = 'apps.example.org'] = domains?.value ?? [];
  const name = example?.name ?? 'wiki';
  return {
    environments: environments.value,
    apps: apps.length,
    app: example?.path ?? `${environments.value[0] ?? 'production'}/wiki`,
    chart: chart ? `${chart.name} ${chart.version ?? ''}`.trim() : 'chart',
    host: `${name}.${domain}`,
    gateway: gateway ? `${gateway.value.namespace}/${gateway.value.name}` : '-',
    sealed: new Set(files(/SealedSecret/)).size,
    mirror: imagePrefix?.value.mirror ?? '-',
    sets: files(/ApplicationSet/)[0] ?? '-',
  };
}

function english(facts: Facts): string {
  return `git ──► Argo CD ──► Kustomize ──► Helm ──► cluster
                                            ▲
        you (browser) ──► Gateway ──► route ┘

Argo CD    turns each folder of ${facts.environments.map(name => `${name}/`).join(', ')} into an application (${facts.sets}).
           Here: ${facts.apps} apps. The folder's name is the namespace. What is merged runs; nothing else does.
Kustomize  builds a folder, such as ${facts.app}: it lists plain resources and charts.
Helm       renders the charts that kustomization.yaml pins, such as ${facts.chart}. values/<chart>-<version>.yaml is the
           full copy of the defaults with the team's changes in it, so that a diff shows what is ours.
Gateway    ${facts.gateway} takes requests; a route of the app says which host (${facts.host}) leads to which Service.
Sealed     Secrets are in git only encrypted (${facts.sealed} files here). The controller in the cluster opens them; anybody
           can seal with its certificate, and nobody can read.
Images     go through the mirror ${facts.mirror} (image-prefix.yaml); short names are completed first.
`;
}

function chinese(facts: Facts): string {
  return `git ──► Argo CD ──► Kustomize ──► Helm ──► 集群
                                            ▲
          你（浏览器）──► Gateway ──► 路由 ──┘

Argo CD    把 ${facts.environments.map(name => `${name}/`).join('、')} 的每个目录变成一个应用（${facts.sets}）。
           这里有 ${facts.apps} 个应用。目录名就是命名空间。合并了的就会运行，别的都不会。
Kustomize  构建一个目录，例如 ${facts.app}：列出普通资源和 chart。
Helm       渲染 kustomization.yaml 中锁定的 chart，例如 ${facts.chart}。values/<chart>-<版本>.yaml 是默认值的完整副本加上团队的修改，
           与默认值一比就知道哪些是我们的定制。
Gateway    ${facts.gateway} 接收请求；应用的路由说明哪个域名（${facts.host}）通向哪个 Service。
Sealed     Secret 只以加密形式存在于 git（这里有 ${facts.sealed} 个文件）。集群中的控制器负责解密；任何人都能用其证书加密，没有人能读出来。
镜像       经过镜像站 ${facts.mirror}（image-prefix.yaml）；短镜像名先补全。
`;
}
