import type { Conventions } from '../../repository/conventions/conventions.ts';

/** The app that a newcomer makes, and what the tour's words and commands need to know of the copy. */
export type TourPlan = {
  app: string;
  environment: string;
  /** `production/tour-book` */
  path: string;
  /** Plain resources, relative to the app: `resources`, or empty for its own folder. */
  resources: string;
  /** Whether the repository has a gateway and a domain, so that the app gets a route. */
  routed: boolean;
};

/** The chart of the demo that the tour works with: one version, then the next. */
export const TOUR_CHART = { name: 'guestbook', from: '1.2.0', to: '1.3.0' };

export const TOUR_SECRET = { name: 'tour-book-admin', key: 'password' };

const APP = 'tour-book';

/** The app of the tour, where the repository's conventions put it. */
export function placeIn(conventions: Conventions): TourPlan {
  const [environment = 'production'] = conventions.environments.value;
  const { gateway, domains, style } = conventions;
  return {
    app: APP,
    environment,
    path: `${environment}/${APP}`,
    resources: style.resourcesFolder.value,
    routed: gateway !== undefined && domains !== undefined,
  };
}

/** A plain resource of the app, from the repository's root. */
export function resourceFile({ path, resources }: TourPlan, file: string): string {
  return [path, resources, file].filter(part => part !== '').join('/');
}

/** The file that the tour asks to seal. */
export function sealedFile(place: TourPlan): string {
  return resourceFile(place, `${TOUR_SECRET.name}-sealedsecret.yaml`);
}

/** The values file of the chart at a version. */
export function valuesFile({ path }: TourPlan, version: string): string {
  return `${path}/values/${TOUR_CHART.name}-${version}.yaml`;
}
