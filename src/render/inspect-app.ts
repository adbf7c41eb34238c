import type { Manifest } from '../repository/manifest.ts';
import {
  images,
  type MissingSecret,
  missingSecrets,
  type RenderedImage,
  type RenderedService,
  services,
} from '../repository/rendered.ts';
import { guessImages, guessServices } from '../repository/values-hints.ts';
import { UserError } from '../errors.ts';
import type { RenderedObjects, Renderers } from './renderers.ts';
import type { AppChart } from '../charts/pull-charts.ts';
import type { Text } from '../text/language.ts';

/** What an app's workloads are: really rendered, or as far as the values suggest. */
export type RenderedApp = {
  services: RenderedService[];
  images: RenderedImage[];
  secrets: MissingSecret[];
  manifests: Manifest[];
  /** Why nothing was rendered, so that services and images are guesses; undefined if it was. */
  unseen: Text | undefined;
  /** Schemas of charts that were not used whole, each with what it refers to outside of itself. */
  cutSchemas: readonly string[];
  /** What was not rendered as a cluster would: what a chart looks up there. */
  warnings: readonly string[];
};

export type SeeContext = { renderers: Pick<Renderers, 'template' | 'cannotTemplate'> };

const CONTAINER_IMAGE = { kind: 'Deployment', path: 'spec/template/spec/containers/image' };

/** Renders the charts of an app as kustomize will, with the values that they will get. */
export async function inspectCharts(
  { renderers }: SeeContext,
  charts: readonly AppChart[],
  namespace: string,
): Promise<RenderedApp> {
  const cannot = await renderers.cannotTemplate();
  if (cannot !== undefined) return guess(charts, cannot);
  try {
    const outputs = await Promise.all(charts.map(chart => renderChart(renderers, chart, namespace)));
    return {
      ...inspectManifests(outputs.flatMap(({ manifests }) => manifests)),
      cutSchemas: outputs.flatMap(({ cut }) => cut),
      warnings: outputs.flatMap(({ warnings }) => warnings),
    };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return guess(charts, error.texts.message);
  }
}

/** What one chart renders to. */
export function renderChart(
  renderers: Pick<Renderers, 'template'>,
  chart: AppChart,
  namespace: string,
): Promise<RenderedObjects> {
  const { release, place, values } = chart;
  return renderers.template({ release, namespace, chart: place, values });
}

/** What an app offers and needs, read from its rendered objects. */
export function inspectManifests(manifests: Manifest[]): RenderedApp {
  return {
    services: services(manifests),
    images: images(manifests),
    secrets: missingSecrets(manifests),
    manifests,
    unseen: undefined,
    cutSchemas: [],
    warnings: [],
  };
}

/** An image of its own gets the Deployment and the Service that slipway writes. */
export function inspectImage(name: string, image: string, port: number): RenderedApp {
  return {
    services: [{ name, headless: false, ports: [{ name: 'http', port, appProtocol: undefined }] }],
    images: [{ image, ...CONTAINER_IMAGE }],
    secrets: [],
    manifests: [],
    unseen: undefined,
    cutSchemas: [],
    warnings: [],
  };
}

function guess(charts: readonly AppChart[], reason: Text): RenderedApp {
  return {
    services: charts.flatMap(({ data, release, chart }) => guessServices(data, release, chart.name)),
    images: charts.flatMap(({ data }) => guessImages(data).map(image => ({ image, ...CONTAINER_IMAGE }))),
    secrets: [],
    manifests: [],
    unseen: reason,
    cutSchemas: [],
    warnings: [],
  };
}
