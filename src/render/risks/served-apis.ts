import { deprecatedApi, endsAfter } from '../../repository/deprecated-apis.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { say } from '../../locales/say.ts';
import type { Judge } from './risk.ts';

/** An API version that the cluster's Kubernetes has given up: it answers 404, and the whole sync fails. */
export const judgeServedApis: Judge = ({ before, after }, { kubernetes }) => {
  if (!after || before?.apiVersion === after.apiVersion) return [];
  const { apiVersion, kind } = after;
  const api = deprecatedApi(apiVersion, kind);
  if (!api?.isGone || endsAfter(api, kubernetes.version)) return [];
  const fact = say('risks.apiNotServed', { apiVersion, since: api.since, version: kubernetes.version });
  const remedy =
    api.instead === undefined
      ? say('risks.apiWithoutSuccessor')
      : say('risks.useApi', { instead: api.instead });
  return [{ id: 'api-removed', level: kubernetes.isKnown ? 'fatal' : 'high', fact, remedy }];
};

/** An API version among rendered objects that is given up, or will be. */
export type EndingApi = {
  apiVersion: string;
  kind: string;
  /** Kubernetes release without it, or the release of the project that brought its successor. */
  since: string;
  instead?: string;
  /** The cluster no longer serves it; a version that is only replaced may well be served. */
  isRemoved: boolean;
};

/** The API versions among objects that are removed or deprecated, each once. */
export function endingApis(manifests: readonly Manifest[], kubernetes: string): EndingApi[] {
  const found = new Map<string, EndingApi>();
  for (const { apiVersion, kind } of manifests) {
    const api = deprecatedApi(apiVersion, kind);
    if (!api) continue;
    const { since, instead, isGone } = api;
    const isRemoved = isGone && !endsAfter(api, kubernetes);
    found.set(`${apiVersion} ${kind}`, {
      apiVersion,
      kind,
      since,
      ...(instead === undefined ? {} : { instead }),
      isRemoved,
    });
  }
  return [...found.values()].toSorted((a, b) => Number(b.isRemoved) - Number(a.isRemoved));
}
