import { routeChanges, type RouteBlock } from './chart-routes.ts';
import type { Gateway } from '../repository/conventions/routes.ts';
import type { Manifest } from '../repository/manifest.ts';
import { recordsAt, stringsAt } from '../data/fields.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { editYaml, type YamlEdit } from '../yaml/edit.ts';
import { UserError } from '../errors.ts';
import { type AppChart, withValues } from '../charts/pull-charts.ts';
import { renderChart, type SeeContext } from '../render/inspect-app.ts';
import { MOST_HOSTS } from './route-file.ts';
import { say } from '../locales/say.ts';

export type RouteValues = {
  block: RouteBlock;
  gateway: Gateway;
  hosts: readonly string[];
  namespace: string;
};

/**
 * Sets the chart's own route values by byte range, and proves with helm that it then renders an HTTPRoute for the hosts.
 * @throws UserError E_RENDER if it does not, E_VALUE for more hosts than one route takes
 */
export async function setRouteValues(
  context: SeeContext,
  chart: AppChart,
  route: RouteValues,
): Promise<AppChart> {
  if (route.hosts.length > MOST_HOSTS)
    throw new UserError('E_VALUE', say('scaffold.tooManyHosts', { most: MOST_HOSTS }), {
      hint: say('scaffold.takeRouteOwnSplit'),
    });
  const changes = routeChanges(route.block, route.gateway, route.hosts);
  const edited = editYaml(
    decodeUtf8(chart.values, 'values.yaml'),
    `values.yaml of ${chart.chart.name}`,
    changes.map((change): YamlEdit => ({ kind: 'set', ...change })),
  );
  const bom = chart.values[0] === 0xef ? '\ufeff' : '';
  const changed = { ...chart, ...withValues(Buffer.from(bom + edited), chart.chart.name) };
  if ((await context.renderers.cannotTemplate()) !== undefined) return changed;
  requireRoute((await renderChart(context.renderers, changed, route.namespace)).manifests, route);
  return changed;
}

function requireRoute(manifests: readonly Manifest[], { block, hosts, gateway }: RouteValues): void {
  const [first] = hosts;
  const found = manifests.some(
    ({ kind, body }) =>
      kind === 'HTTPRoute' &&
      first !== undefined &&
      stringsAt(body, ['spec', 'hostnames']).includes(first) &&
      recordsAt(body, ['spec', 'parentRefs']).some(({ name }) => name === gateway.name),
  );
  if (found) return;
  throw new UserError(
    'E_RENDER',
    say('scaffold.setChartStillRendersNo', { path: block.path.join('.'), first }),
    {
      hint: say('scaffold.takeRouteOwnWhichWrites'),
    },
  );
}
