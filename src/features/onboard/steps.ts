import type { Text } from '../../text/language.ts';
import { type TourPlan, resourceFile, sealedFile, TOUR_CHART, TOUR_SECRET } from './tour-plan.ts';
import { say } from '../../locales/say.ts';

export const STEP_IDS = ['concepts', 'add', 'check', 'seal', 'upgrade', 'report', 'commit'] as const;
export type StepId = (typeof STEP_IDS)[number];

/** One step of the tour: what to do, and how it is done for somebody who is stuck. */
export type TourStep = {
  id: StepId;
  title: Text;
  task: Text;
  /** Command lines that do it; none where there is only something to read. */
  solution: string[];
};

/** Beside the copy: the tour's certificate, prepared answers, and where the report goes. */
export const TOUR_FILES = { certificate: 'sealing.pem', answers: 'answers.yaml', report: 'report.md' };

/** The steps in the words of the copy. `repository` is where the tour's charts are. */
export function tourSteps(place: TourPlan, repository: string): TourStep[] {
  return [
    CONCEPTS,
    add(place, repository),
    check(place),
    seal(place),
    upgrade(place),
    report(place),
    commit(place),
  ];
}

const CONCEPTS: TourStep = {
  id: 'concepts',
  title: say('onboard.howRepositoryWorks'),
  task: say('onboard.readPageAbove'),
  solution: [],
};

function add({ app, environment, path, routed }: TourPlan, repository: string): TourStep {
  const { name, from } = TOUR_CHART;
  const route = routed ? `own --host ${app} --service ${app}-${name}:80` : 'none';
  return {
    id: 'add',
    title: say('onboard.addApp'),
    task: say('onboard.makeAppFromChartVersion', {
      path,
      name,
      from,
      repository,
      value: routed ? ', a route' : '',
      value2: routed ? '、路由' : '',
    }),
    solution: [
      `slipway new-app ${app} --chart ${name} --repo ${repository} --version ${from} --env ${environment} --route ${route}`,
    ],
  };
}

function check({ app, path }: TourPlan): TourStep {
  const file = `${path}/kustomization.yaml`;
  return {
    id: 'check',
    title: say('onboard.breakMendRule'),
    task: say('onboard.somebodyCarelessKustomizationYamlNow', { path }),
    solution: [`slipway check ${path} --fix`, ...inPlace(`s/namespace: default$/namespace: ${app}/`, file)],
  };
}

function seal(place: TourPlan): TourStep {
  const { name, key } = TOUR_SECRET;
  const file = sealedFile(place);
  return {
    id: 'seal',
    title: say('onboard.sealSecret'),
    task: say('onboard.appNeedsSecretKeySeal', { name, key, file, certificate: TOUR_FILES.certificate }),
    solution: [
      `slipway seal --into ${file} --name ${name} --generate ${key}:24 --cert ../${TOUR_FILES.certificate} --yes`,
    ],
  };
}

function upgrade({ path }: TourPlan): TourStep {
  const { name, from, to } = TOUR_CHART;
  return {
    id: 'upgrade',
    title: say('onboard.upgradeChart'),
    task: say('onboard.meanwhileTeamChangedTwoValues', {
      name,
      from,
      to,
      answers: TOUR_FILES.answers,
      report: TOUR_FILES.report,
    }),
    solution: [
      `slipway upgrade ${path} --decisions ../${TOUR_FILES.answers} --report ../${TOUR_FILES.report} --yes`,
    ],
  };
}

function report(place: TourPlan): TourStep {
  const file = resourceFile(place, 'httproute.yaml');
  const mend = place.routed ? inPlace('s/port: 80$/port: 8080/', file) : [];
  return {
    id: 'report',
    title: say('onboard.readReport'),
    task: place.routed
      ? say('onboard.readReportAndFix', { report: TOUR_FILES.report })
      : say('onboard.readReportOnly', { report: TOUR_FILES.report }),
    solution: mend,
  };
}

function commit({ app }: TourPlan): TourStep {
  return {
    id: 'commit',
    title: say('onboard.commit'),
    task: say('onboard.commitEverythingMessageFormFeat', { app }),
    solution: ['git add --all', `git commit --quiet --message "feat(${app}): a guest book, upgraded"`],
  };
}

/** An edit by hand as command lines; sed on every system keeps the old file if it is given an ending. */
function inPlace(script: string, file: string): string[] {
  return [`sed -i.old "${script}" ${file}`, `rm ${file}.old`];
}
