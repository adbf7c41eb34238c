import { stringOf, valueAt } from '../data/fields.ts';
import { directoryGenerators, isSynced } from './application-set.ts';

/** The API server refuses longer names of Applications, for they become the values of labels. */
export const MAX_APPLICATION_NAME = 63;

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

/** Whether Kubernetes takes the name of an Application. */
export function isApplicationName(name: string): boolean {
  return name.length <= MAX_APPLICATION_NAME && NAME.test(name);
}

/** What the ApplicationSet that takes the folder calls it; undefined where that depends on more than the path. */
export function applicationName(applicationSets: readonly unknown[], folder: string): string | undefined {
  const own = applicationSets.find(set =>
    isSynced(directoryGenerators(valueAt(set, ['spec', 'generators'])), folder),
  );
  const template = stringOf(valueAt(own, ['spec', 'template', 'metadata', 'name']));
  const name = template?.replaceAll(/\{\{([^{}]*)\}\}/g, (whole: string, variable: string) => {
    return valueOf(variable.trim(), folder) ?? whole;
  });
  return name?.includes('{{') ? undefined : name;
}

function valueOf(variable: string, folder: string): string | undefined {
  const parts = folder.split('/');
  const index = /^(?:path\[(\d+)\]|index \.path\.segments (\d+))$/.exec(variable);
  if (index) return parts[Number(index[1] ?? index[2])];
  const last = parts.at(-1) ?? '';
  const plain = variable.replace(/^\./, '');
  if (plain === 'path.basename') return last;
  return plain === 'path.basenameNormalized' ? normalized(last) : undefined;
}

/** As Argo CD does it: lower case, a hyphen for what no host name takes, none at the ends. */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .replaceAll(/^[-.]+|(?<![-.])[-.]+$/g, '');
}
