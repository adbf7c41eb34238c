import { parseChart } from '../chart.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { AddressOf } from '../address.ts';
import type { ChartVersion } from '../chart-version.ts';
import { compareVersions, isExactVersion, isPreRelease, parseVersion } from '../versions/versions.ts';
import { readChartArchive } from '../../archive/chart-archive.ts';
import { versionOfTag } from '../../system/oci/oci-reference.ts';
import type { Network } from '../network.ts';
import { CHANGES_ANNOTATION, IN_REPOSITORY, type ChartSource, type PulledChart } from './chart-source.ts';

/** Manifests fetched to date versions: a registry has no index, so each date costs a request. */
const MAX_DATED = 8;

/** The same for what is announced with the versions between two. */
const MAX_ANNOUNCED = 20;

/** A registry. Its tags are the versions; dates are what publishers claim in the manifest. */
export function openOciSource(network: Network): ChartSource<AddressOf<'oci'>> {
  return {
    ...IN_REPOSITORY,
    versions: address => listVersions(network, address),
    date: (address, versions) => dateNewest(network, address, versions),
    pull: (address, version) => pull(network, address, version),
    announced: (address, versions) => announced(network, address, versions.slice(0, MAX_ANNOUNCED)),
  };
}

async function listVersions(network: Network, address: AddressOf<'oci'>): Promise<ChartVersion[]> {
  const tags = await network.registries.listTags(reference(address)).catch((error: unknown) => {
    throw notThere(error, address);
  });
  const versions = [...new Set(tags.map(versionOfTag))]
    .filter(isExactVersion)
    .flatMap(text => parseVersion(text) ?? []);
  return versions
    .toSorted((a, b) => compareVersions(b, a))
    .map(({ text }) => ({ version: text, deprecated: false, removed: false, urls: [] }));
}

/** That of a folder of charts reads as the address of a chart, and so does one with the chart's name twice. */
function notThere(error: unknown, { repo, name }: AddressOf<'oci'>): unknown {
  if (!(error instanceof UserError) || error.hint !== say('system.checkUrl').en) return error;
  const shown = { address: display(`${repo}/${name}`), name: display(name), repo: display(repo) };
  const isTwice = repo.endsWith(`/${name}`);
  return new UserError(error.code, error.texts.message, {
    hint: isTwice ? say('charts.nameStandsTwice', shown) : say('charts.addressNeedsName', shown),
    ...(error.subject === undefined ? {} : { subject: error.subject }),
    cause: error,
  });
}

async function dateNewest(
  network: Network,
  address: AddressOf<'oci'>,
  versions: ChartVersion[],
): Promise<ChartVersion[]> {
  const stable = versions.filter(({ version }) => {
    const parsed = parseVersion(version);
    return parsed !== undefined && !isPreRelease(parsed);
  });
  const newest = new Set(stable.slice(0, MAX_DATED).map(({ version }) => version));
  return Promise.all(
    versions.map(async version => {
      if (!newest.has(version.version)) return version;
      const { created } = await network.registries.fetchManifest(reference(address), version.version);
      return created === undefined ? version : { ...version, created };
    }),
  );
}

async function pull(
  network: Network,
  address: AddressOf<'oci'>,
  version: ChartVersion,
): Promise<PulledChart> {
  const manifest = await network.registries.fetchManifest(reference(address), version.version);
  const archive = await network.registries.fetchBlob(reference(address), manifest.chartLayer);
  const { files } = readChartArchive(archive);
  const chart = parseChart(files, { name: address.name, version: version.version });
  const dated = manifest.created === undefined ? version : { ...version, created: manifest.created };
  return {
    address,
    version: dated,
    chart,
    files,
    archive,
    place: { archive },
    digest: manifest.chartLayer.digest.slice('sha256:'.length),
  };
}

async function announced(
  network: Network,
  address: AddressOf<'oci'>,
  versions: readonly string[],
): Promise<Map<string, string>> {
  const found = await Promise.all(
    versions.map(async (version): Promise<[string, string][]> => {
      const { annotations } = await network.registries.fetchManifest(reference(address), version);
      const text = annotations[CHANGES_ANNOTATION];
      return text === undefined ? [] : [[version, text]];
    }),
  );
  return new Map(found.flat());
}

function reference(address: AddressOf<'oci'>): string {
  return `${address.repo.replace(/(?<!\/)\/+$/, '')}/${address.name}`;
}
