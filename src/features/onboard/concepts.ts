import type { Conventions } from '../../repository/conventions/conventions.ts';
import { countDeliveries, findUnits } from '../../deliveries/siblings/find-units.ts';
import type { Unit } from '../../deliveries/siblings/unit.ts';
import { joinTexts, type Text } from '../../text/language.ts';
import { appManifests, type Repository } from '../../repository/model.ts';
import { say } from '../../locales/say.ts';

/** What a repository is made of, on one page for somebody who knows Docker, with examples from its own apps. */
export function renderConcepts(repository: Repository, conventions: Conventions): Text {
  return joinTexts(pageOf(gather(repository, conventions)), '\n\n');
}

type Facts = {
  /** How most charts of the repository are installed, where that is not by kustomize. */
  unit: Unit | undefined;
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
  const unit = usualUnit(repository);
  const example = apps.find(app => app.kustomization.charts.length > 0) ?? apps[0];
  const [chart] = example?.kustomization.charts ?? [];
  const sealed = apps.flatMap(app => appManifests(repository, app, /SealedSecret/).map(({ file }) => file));
  const [domain = 'apps.example.org'] = domains?.value ?? [];
  return {
    unit,
    folders: environments.value.map(name => `${name}/`).join(' '),
    apps: apps.length,
    app: unit?.standing.home ?? example?.path ?? 'production/wiki',
    chart: chartOf(unit?.chart ?? chart),
    host: `${unit?.standing.name ?? example?.name ?? 'wiki'}.${domain}`,
    gateway: gateway && `${gateway.value.namespace}/${gateway.value.name}`,
    sealed: new Set(sealed).size,
    mirror: imagePrefix?.value.mirror,
  };
}

function chartOf(chart: { name?: string | undefined; version?: string | undefined } | undefined): string {
  return chart ? `${chart.name ?? ''} ${chart.version ?? ''}`.trim() : 'wiki 1.0.0';
}

/** An app of the kind that most are, where something else than kustomize installs them. */
function usualUnit(repository: Repository): Unit | undefined {
  const [[usual] = [undefined]] = [...countDeliveries(repository)].toSorted(([, a], [, b]) => b - a);
  return findUnits(repository).find(({ delivery }) => delivery === usual);
}

const CHARTS = {
  kustomize: ({ chart }: Facts) => say('onboard.conceptHelm', { chart }),
  flux: ({ chart, app }: Facts) => say('onboard.conceptRelease', { chart, app }),
  argo: ({ chart, app }: Facts) => say('onboard.conceptApplication', { chart, app }),
  umbrella: ({ chart, app }: Facts) => say('onboard.conceptUmbrella', { chart, app }),
} as const satisfies Record<Unit['delivery'], (facts: Facts) => Text>;

function namespaceText({ unit, app }: Facts): Text {
  const namespace = unit?.namespace;
  return namespace === undefined
    ? say('onboard.conceptNamespace', { app })
    : say('onboard.conceptNamespaceOf', { app, namespace });
}

function pageOf(facts: Facts): Text[] {
  const { unit, folders, apps, gateway, host, sealed, mirror } = facts;
  const isFlux = unit?.delivery === 'flux';
  return [
    say('onboard.conceptDocker'),
    isFlux ? say('onboard.conceptDiagramFlux') : say('onboard.conceptDiagram'),
    say('onboard.conceptKubernetes'),
    isFlux ? say('onboard.conceptFlux', { folders }) : say('onboard.conceptArgoCd', { folders, apps }),
    namespaceText(facts),
    say('onboard.conceptKustomize'),
    CHARTS[unit?.delivery ?? 'kustomize'](facts),
    ...(gateway === undefined ? [] : [say('onboard.conceptRoute', { gateway, host })]),
    say('onboard.conceptCrd'),
    say('onboard.conceptSealed', { sealed }),
    ...(mirror === undefined ? [] : [say('onboard.conceptMirror', { mirror })]),
  ];
}
