import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TOUR_CHART, valuesFile } from './place.ts';
import type { StepId } from './steps.ts';
import { putValues } from '../../yaml/edit.ts';
import { UserError } from '../../errors.ts';
import type { Tour } from './tour.ts';

/** Puts into the copy what a step begins with. */
export async function prepareStep(tour: Tour, step: StepId): Promise<void> {
  await PREPARATIONS[step]?.(tour);
}

const PREPARATIONS: Partial<Record<StepId, (tour: Tour) => Promise<void>>> = {
  check: breakRules,
  seal: tour => commitAll(tour, `fix(${tour.place.app}): the rules hold again`),
  upgrade: customise,
};

/** What came before is committed, then somebody's hasty change: a chart entry without its CRDs, in a wrong namespace. */
async function breakRules(tour: Tour): Promise<void> {
  const { app, path: folder } = tour.place;
  await commitAll(tour, `feat(${app}): a guest book`);
  await edit(tour, `${folder}/kustomization.yaml`, text =>
    text
      .replace(/^ +includeCRDs: true\n/m, '')
      .replace(new RegExp(`^( +namespace:) ${app}$`, 'm'), '$1 default'),
  );
  await commitAll(tour, `chore(${app}): tidy up`);
}

/** What the team changed since: one value that upstream leaves alone, one that it changes too. */
async function customise(tour: Tour): Promise<void> {
  const { app } = tour.place;
  const changes = [
    { path: ['replicaCount'], value: 3 },
    { path: ['image', 'tag'], value: '1.28' },
  ];
  const file = valuesFile(tour.place, TOUR_CHART.from);
  await commitAll(tour, `feat(${app}): a password`);
  await edit(tour, file, text => putValues(text, file, changes));
  await commitAll(tour, `feat(${app}): three replicas, nginx 1.28`);
}

async function commitAll({ git }: Tour, message: string): Promise<void> {
  await git(['add', '--all']);
  await git(['commit', '--quiet', '--message', message]);
}

async function edit({ files }: Tour, file: string, change: (text: string) => string): Promise<void> {
  const before = await files.read(file);
  if (before === undefined)
    throw new UserError('E_CHANGED', `the tour misses ${file}`, {
      hint: 'Bring it back with git, or begin anew with --restart.',
      subject: file,
    });
  await writeFile(path.join(files.root, file), change(before.toString('utf8')));
}
