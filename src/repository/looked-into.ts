import { KUSTOMIZATION_FILES } from './kustomization.ts';

/** Beside these, `charts/` is where Helm and kustomize put what they pull; elsewhere it is a folder like any other. */
const PULLED_BESIDE: readonly string[] = ['Chart.yaml', ...KUSTOMIZATION_FILES];

/**
 * Whether a folder of the repository is looked into: not pulled charts, whose files are asked for one by one, nor what other
 * programs keep there, nor what a run of slipway does (its own copies of what it overwrote are no apps), nor generators and what they made.
 * @param isBeside whether a file of that name stands beside the folder
 */
export function isLookedInto(folder: string, isBeside: (name: string) => boolean): boolean {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  if (name === 'charts') return !PULLED_BESIDE.some(isBeside);
  return name !== 'node_modules' && (!name.startsWith('.') || folder === OWN) && !NO_APPS.has(folder);
}

const OWN = '.slipway';

/** Copies of what was overwritten; generators, whose test cases are whole repositories; what they made at first. */
const NO_APPS = new Set([`${OWN}/run`, `${OWN}/generators`, `${OWN}/generated`]);
