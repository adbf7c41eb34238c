import { stringOf, valueAt } from '../data/fields.ts';
import { directoryGenerators, takerOf } from './application-set.ts';

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
  const { set: own } = takersOf(applicationSets).find(({ takes }) => takes(folder)) ?? {};
  const template = stringOf(valueAt(own, ['spec', 'template', 'metadata', 'name']));
  const name = template?.replaceAll(/\{\{([^{}]*)\}\}/g, (whole: string, variable: string) => {
    return valueOf(variable.trim(), folder) ?? whole;
  });
  return name?.includes('{{') ? undefined : name;
}

type Taker = { set: unknown; takes: (folder: string) => boolean };

const takers = new WeakMap<readonly unknown[], Taker[]>();

/** Of sets that take the same folders the first gives the name. */
function takersOf(applicationSets: readonly unknown[]): readonly Taker[] {
  const known = takers.get(applicationSets);
  if (known) return known;
  const own = new Map<string, Taker>();
  for (const set of applicationSets) {
    const generators = directoryGenerators(valueAt(set, ['spec', 'generators']));
    const key = JSON.stringify(generators);
    if (!own.has(key)) own.set(key, { set, takes: takerOf(generators) });
  }
  takers.set(applicationSets, [...own.values()]);
  return [...own.values()];
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
