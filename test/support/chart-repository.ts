import { createHash } from 'node:crypto';
import { packChart } from '../../src/archive/chart-archive.ts';
import { type FixtureServer, serveHttp } from './http-server.ts';

export type TestChart = {
  name: string;
  version: string;
  files: Record<string, string | Buffer>;
  /** RFC 3339; long ago unless set. */
  created?: string;
  deprecated?: boolean;
  appVersion?: string;
};

export type TestRepository = FixtureServer & { digests: Record<string, string> };

const LONG_AGO = '2025-01-15T08:00:00Z';

/** The archive of a chart whose Chart.yaml is made from its name and version unless it brings one. */
export function archiveOf({ name, version, files, appVersion = '1.0.0' }: TestChart): Buffer {
  const metadata = `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: "${appVersion}"\n`;
  return packChart(name, Object.entries({ 'Chart.yaml': metadata, ...files }));
}

/** Serves charts as `helm repo index` would: a real repository on loopback. */
export async function serveCharts(charts: TestChart[]): Promise<TestRepository> {
  const packed = charts.map(chart => {
    const archive = archiveOf(chart);
    return { ...chart, archive, digest: createHash('sha256').update(archive).digest('hex') };
  });
  const names = [...new Set(charts.map(({ name }) => name))];
  const entries = names.map(name => {
    const own = packed.filter(chart => chart.name === name);
    const items = own.map(
      ({ version, digest, created = LONG_AGO, appVersion = '1.0.0', deprecated }) =>
        `  - apiVersion: v2\n    appVersion: "${appVersion}"\n    created: "${created}"\n    digest: ${digest}\n    name: ${name}\n    urls:\n    - ${name}-${version}.tgz\n    version: ${version}\n${deprecated ? '    deprecated: true\n' : ''}`,
    );
    return `  ${name}:\n${items.join('')}`;
  });
  const server = await serveHttp({
    '/index.yaml': {
      body: `apiVersion: v1\nentries:\n${entries.join('')}`,
      headers: { 'content-type': 'text/yaml' },
    },
    ...Object.fromEntries(
      packed.map(({ name, version, archive }) => [`/${name}-${version}.tgz`, { body: archive }]),
    ),
  });
  return Object.assign(server, {
    digests: Object.fromEntries(packed.map(({ name, version, digest }) => [`${name}-${version}`, digest])),
  });
}

/** A Deployment of one container. */
export function deployment(name: string, image: string, env = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: {{ .Release.Namespace }}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: main
          image: ${image}
${env}`;
}

/** A Service with named ports. */
export function service(name: string, ports: Record<string, number>): string {
  const list = Object.entries(ports).map(([port, number]) => `{name: ${port}, port: ${number}}`);
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: {{ .Release.Namespace }}
spec:
  selector: {app: ${name}}
  ports: [${list.join(', ')}]
`;
}
