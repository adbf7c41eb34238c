import type { Conventions } from '../../repository/conventions/conventions.ts';
import { joinTexts, type Text } from '../../text/language.ts';
import { appManifests, type Repository } from '../../repository/model.ts';
import { say } from '../../locales/say.ts';

/** What a repository is made of, on one page for somebody who knows Docker, with examples from its own apps. */
export function renderConcepts(repository: Repository, conventions: Conventions): Text {
  return joinTexts(pageOf(gather(repository, conventions)), '\n\n');
}

type Facts = {
  folders: string;
  apps: number;
  app: string;
  chart: string;
  host: string;
  /** Undefined where the repository has none: then there is nothing to say of it. */
  gateway: string | undefined;
  sealed: number;
  mirror: string | undefined;
};

function gather(repository: Repository, conventions: Conventions): Facts {
  const { environments, gateway, domains, imagePrefix } = conventions;
  const { apps } = repository;
  const example = apps.find(app => app.kustomization.charts.length > 0) ?? apps[0];
  const [chart] = example?.kustomization.charts ?? [];
  const sealed = apps.flatMap(app => appManifests(repository, app, /SealedSecret/).map(({ file }) => file));
  const [domain = 'apps.example.org'] = domains?.value ?? [];
  return {
    folders: environments.value.map(name => `${name}/`).join(' '),
    apps: apps.length,
    app: example?.path ?? 'production/wiki',
    chart: chart ? `${chart.name} ${chart.version ?? ''}`.trim() : 'wiki 1.0.0',
    host: `${example?.name ?? 'wiki'}.${domain}`,
    gateway: gateway && `${gateway.value.namespace}/${gateway.value.name}`,
    sealed: new Set(sealed).size,
    mirror: imagePrefix?.value.mirror,
  };
}

function pageOf({ folders, apps, app, chart, host, gateway, sealed, mirror }: Facts): Text[] {
  return [
    say('onboard.conceptDocker'),
    say('onboard.conceptDiagram'),
    say('onboard.conceptKubernetes'),
    say('onboard.conceptArgoCd', { folders, apps }),
    say('onboard.conceptNamespace', { app }),
    say('onboard.conceptKustomize'),
    say('onboard.conceptHelm', { chart }),
    ...(gateway === undefined ? [] : [say('onboard.conceptRoute', { gateway, host })]),
    say('onboard.conceptCrd'),
    say('onboard.conceptSealed', { sealed }),
    ...(mirror === undefined ? [] : [say('onboard.conceptMirror', { mirror })]),
  ];
}
