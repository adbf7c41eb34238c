import { KUSTOMIZATION_FILES } from './kustomization.ts';

/** Beside these, `charts/` is where Helm and kustomize put what they pull; elsewhere it is a folder like any other. */
const PULLED_BESIDE: readonly string[] = ['Chart.yaml', ...KUSTOMIZATION_FILES];

/**
 * Whether a folder of the repository is looked into: not pulled charts, whose files are asked for one by one, nor what other
 * programs keep there, nor what a run of slipway does (its own copies of what it overwrote are no apps).
 * @param isBeside whether a file of that name stands beside the folder
 */
export function isLookedInto(folder: string, isBeside: (name: string) => boolean): boolean {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  if (name === 'charts') return !PULLED_BESIDE.some(isBeside);
  return name !== 'node_modules' && (!name.startsWith('.') || folder === OWN) && folder !== `${OWN}/run`;
}

const OWN = '.slipway';
