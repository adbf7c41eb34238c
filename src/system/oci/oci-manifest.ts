import { parseJson } from '../../data/json.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { isDigest } from './oci-reference.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.cncf.helm.config.v1+json';
const CHART_TYPES = ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'application/tar+gzip'];
const PROVENANCE_TYPE = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Bytes in a registry. */
export type OciDescriptor = {
  /** `sha256:` and 64 hex digits. */
  digest: string;
  size: number;
};

/** The manifest of a Helm chart. */
export type OciManifest = {
  /** Of the manifest's own bytes, computed here. */
  digest: string;
  annotations: Readonly<Record<string, string>>;
  /** `org.opencontainers.image.created`, as the publisher claims; undefined if absent or no date. */
  created: string | undefined;
  /** Chart.yaml as JSON. */
  config: OciDescriptor;
  /** The chart archive. */
  chartLayer: OciDescriptor;
  provenanceLayer: OciDescriptor | undefined;
};

type Json = Record<string, unknown>;

/** Accepts the manifest of exactly one chart, whose bytes are in the registry itself. */
export function parseOciManifest(
  text: string,
  { subject, digest }: { subject: string; digest: string },
): OciManifest {
  const refuse = (problem: Text): UserError =>
    new UserError('E_OCI_MANIFEST', say('text.aboutSubject', { subject, problem }));
  const manifest = asObject(parseJson(text));
  if (!manifest) throw refuse(say('system.manifestNotObject'));
  const mediaType = typeOf(manifest) ?? MANIFEST_TYPE;
  if (INDEX_TYPES.includes(mediaType) || 'manifests' in manifest)
    throw refuse(say('system.imageIndexNotChart'));
  if (mediaType !== MANIFEST_TYPE || manifest['schemaVersion'] !== 2)
    throw refuse(say('system.notOciManifestBut', { mediaType: display(mediaType) }));
  const config = asObject(manifest['config']);
  if (typeOf(config) !== CONFIG_TYPE)
    throw refuse(
      say('system.notHelmChartBut', {
        type:
          typeOf(config) === undefined ? say('system.somethingWithoutType') : display(typeOf(config) ?? ''),
      }),
    );
  const layers = Array.isArray(manifest['layers']) ? manifest['layers'].map(asObject) : [];
  const charts = layers.filter(layer => CHART_TYPES.includes(typeOf(layer) ?? ''));
  if (charts.length !== 1) throw refuse(say('system.chartLayersInsteadOfOne', { count: charts.length }));
  const provenance = layers.find(layer => typeOf(layer) === PROVENANCE_TYPE);
  const annotations = parseAnnotations(manifest['annotations']);
  return {
    digest,
    annotations,
    created: parseDate(annotations['org.opencontainers.image.created']),
    config: parseDescriptor(config, refuse),
    chartLayer: parseDescriptor(charts[0], refuse),
    provenanceLayer: provenance && parseDescriptor(provenance, refuse),
  };
}

function typeOf(value: Json | undefined): string | undefined {
  const type = value?.['mediaType'];
  return type === undefined || typeof type === 'string' ? type : JSON.stringify(type);
}

function parseDescriptor(value: Json | undefined, refuse: (problem: Text) => UserError): OciDescriptor {
  const { digest, size, urls } = value ?? {};
  if (Array.isArray(urls) && urls.length > 0) throw refuse(say('system.layerOutsideRegistry'));
  if (typeof digest !== 'string' || !isDigest(digest)) throw refuse(say('system.digestNotSha256'));
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw refuse(say('system.sizeInvalid'));
  return { digest, size };
}

function parseAnnotations(value: unknown): Record<string, string> {
  const entries = Object.entries(asObject(value) ?? {});
  return Object.fromEntries(
    entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}

function parseDate(text: string | undefined): string | undefined {
  const isDate = text !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text);
  return isDate && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
