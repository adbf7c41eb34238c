import { type Manifest, parseManifests } from '../repository/manifest.ts';
import { readRemoteDocuments } from '../yaml/remote-yaml.ts';
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
import type { Helm, HelmOutput } from '../system/tools/helm.ts';
import type { AppChart } from '../charts/pull-charts.ts';
import { say } from '../locales/say.ts';
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
};

export type SeeContext = { helm: Helm | undefined };

const CONTAINER_IMAGE = { kind: 'Deployment', path: 'spec/template/spec/containers/image' };

/** Renders the charts of an app as kustomize will, with the values that they will get. */
export async function inspectCharts(
  { helm }: SeeContext,
  charts: readonly AppChart[],
  namespace: string,
): Promise<RenderedApp> {
  if (!helm) return guess(charts, say('render.noHelmOnThisMachine'));
  try {
    const outputs = await Promise.all(charts.map(chart => renderChart(helm, chart, namespace)));
    const manifests = outputs.flatMap(({ text }) =>
      parseManifests(readRemoteDocuments(text, 'the rendered chart')),
    );
    return { ...inspectManifests(manifests), cutSchemas: outputs.flatMap(({ cut }) => cut) };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return guess(charts, error.texts.message);
  }
}

/** What one chart renders to. */
export function renderChart(helm: Helm, chart: AppChart, namespace: string): Promise<HelmOutput> {
  const { release, place, values } = chart;
  return helm.template({ release, namespace, chart: place, values });
}

export function inspectManifests(manifests: Manifest[]): RenderedApp {
  return {
    services: services(manifests),
    images: images(manifests),
    secrets: missingSecrets(manifests),
    manifests,
    unseen: undefined,
    cutSchemas: [],
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
  };
}
