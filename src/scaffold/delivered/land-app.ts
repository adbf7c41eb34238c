import type { PinnedChart } from '../../charts/pinned-chart.ts';
import type { Emission, NewChart } from '../../deliveries/siblings/emission.ts';
import { emitApp, type EmittedDelivery } from '../../deliveries/emit.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { Repository } from '../../repository/model.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { Landing } from '../app-request.ts';
import { type DeliveryTemplates, ownSources, ownUnit } from './own-unit.ts';

export type LandContext = { repository: Repository; templates: DeliveryTemplates };

/** What decides where an app comes to stand: its charts as far as they are known. */
export type LandRequest = {
  delivery: EmittedDelivery;
  environment: string;
  name: string;
  charts: readonly NewChart[];
  resources: readonly string[];
};

/** Where an app comes to stand beside its siblings. @throws UserError E_VALUE for what its delivery cannot hold */
export function landApp(context: LandContext, request: LandRequest): Landing {
  const { home, folder, namespace, model } = emitBeside(context, request);
  return { delivery: request.delivery, home, folder, namespace, model: model?.standing.home };
}

/** An app written as its siblings are. @throws UserError E_VALUE for what its delivery cannot hold */
export function emitBeside(
  { repository, templates }: LandContext,
  request: LandRequest,
): Omit<Emission, 'notes'> {
  const { delivery, environment, name, charts, resources } = request;
  requirePossible(request);
  const place = { repository, templates, group: environment, name };
  return emitApp(
    { repository, delivery, own: ownUnit(place, delivery), sources: ownSources(place) },
    { to: { group: environment, name }, charts, resources },
  );
}

/** A HelmRelease and an Application install one chart; an umbrella takes several, and all of them come from elsewhere. */
function requirePossible({ delivery, charts }: LandRequest): void {
  if (delivery !== 'umbrella' && charts.length > 1)
    throw new UserError('E_VALUE', say('scaffold.oneChartEach', { delivery }), {
      hint: say('scaffold.oneAppEach'),
    });
  const [local] = charts.filter(({ repo }) => repo === '');
  if (local)
    throw new UserError('E_VALUE', say('scaffold.localChartNotDelivered', { name: local.name, delivery }), {
      hint: say('scaffold.takeKustomize'),
    });
}

/** A pinned chart as it will be written down. */
export function newChart({ name, repo, version, release, overrides, values }: PinnedChart): NewChart {
  return {
    name,
    repo: repo ?? '',
    version,
    release,
    overrides: { ...overrides },
    copy: decodeUtf8(Buffer.from(values), `values.yaml of ${name}`),
  };
}
