import { asMap, asText, field, isDataMap } from '../data/fields.ts';
import type { RenderedService } from './rendered.ts';

/**
 * What a chart's values alone suggest where nothing can be rendered: by the conventions of `helm create`, the Service is
 * named after release and chart, and its port is `service.port`.
 */
export function guessServices(values: unknown, release: string, chart: string): RenderedService[] {
  const service = asMap(field(asMap(values), 'service'));
  const found = portOf(service);
  if (found === undefined) return [];
  const name = release.includes(chart) ? release : `${release}-${chart}`;
  return [{ name, headless: false, ports: [{ name: undefined, appProtocol: undefined, ...found }] }];
}

function portOf(service: Readonly<Record<string, unknown>>): { port: number; from: string } | undefined {
  const ports = asMap(field(service, 'ports'));
  const found = [
    { port: field(service, 'port'), from: 'service.port' },
    { port: field(service, 'servicePort'), from: 'service.servicePort' },
    { port: field(ports, 'http'), from: 'service.ports.http' },
    { port: field(ports, 'https'), from: 'service.ports.https' },
  ];
  return found.flatMap(({ port, from }) => (typeof port === 'number' ? [{ port, from }] : []))[0];
}

/** Images with a tag that the values name, as `image: name:tag` or as `repository` and `tag`. */
export function taggedImages(values: unknown): string[] {
  if (Array.isArray(values)) return values.flatMap(taggedImages);
  if (!isDataMap(values)) return [];
  const repository = asText(field(values, 'repository'));
  const registry = asText(field(values, 'registry'));
  const tag = asText(field(values, 'tag'));
  const image = asText(field(values, 'image'));
  const split = repository !== undefined && tag !== undefined;
  const whole =
    image !== undefined &&
    /^[^\s:/]+(?::\d+(?=\/))?(?:\/[^\s:/]+)*:[\w.-]+(?:@sha256:[0-9a-f]{64})?$/.test(image);
  const here = [
    ...(split ? [`${registry === undefined ? '' : `${registry}/`}${repository}:${tag}`] : []),
    ...(whole ? [image] : []),
  ];
  return [...here, ...Object.values(values).flatMap(taggedImages)];
}

/** Images that the values name as `repository`, with `registry` and `tag` beside it where they are. */
export function guessImages(values: unknown): string[] {
  if (Array.isArray(values)) return values.flatMap(guessImages);
  if (!isDataMap(values)) return [];
  const repository = asText(field(values, 'repository'));
  const registry = asText(field(values, 'registry'));
  const named =
    repository !== undefined && ('tag' in values || registry !== undefined || 'pullPolicy' in values);
  const here = named ? [registry === undefined ? repository : `${registry}/${repository}`] : [];
  return [...here, ...Object.values(values).flatMap(guessImages)];
}
