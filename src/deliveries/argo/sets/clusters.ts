import { omitUndefined, stringOf, valueAt } from '../../../data/fields.ts';
import type { RepositoryText } from '../../../repository/model.ts';
import type { LocatedYaml } from '../../../yaml/read.ts';
import { inside } from '../../chart-use.ts';
import type { LocatedObject } from '../../located-object.ts';
import { foldersOf } from '../own-repositories.ts';
import type { Element } from './element.ts';
import { elementsOf } from './elements.ts';
import { fill } from './fill.ts';

/** A cluster as `destination` names it. */
export type Destination = { name?: string; server?: string };

export type ClusterContext = {
  isOwn(url: string): boolean;
  text: RepositoryText;
  parsed(file: string): LocatedYaml | undefined;
};

/**
 * The clusters that an Application deploys to, or those that a set makes, each once, in their order; `isWhole` is false where some
 * are filled in by what nobody can look into here.
 */
export function argoClusters(
  object: LocatedObject,
  application: unknown,
  context: ClusterContext,
): { clusters: Destination[]; isWhole: boolean } {
  const destination = valueAt(application, ['spec', 'destination']);
  const [name, server] = ['name', 'server'].map(key => stringOf(valueAt(destination, [key])) || undefined);
  if (name === undefined && server === undefined) return { clusters: [], isWhole: false };
  if (![name, server].some(text => text?.includes('{{')))
    return { clusters: [omitUndefined({ name, server })], isWhole: true };
  const isGo = valueAt(object.body, ['spec', 'goTemplate']) === true;
  const found = new Map<string, Destination>();
  let isWhole = true;
  for (const element of elementsOfSet(object, isGo, context)) {
    const own = omitUndefined({ name: filled(name, element, isGo), server: filled(server, element, isGo) });
    if (own.name === undefined && own.server === undefined) isWhole = false;
    else found.set(`${own.name} ${own.server}`, own);
  }
  return { clusters: [...found.values()], isWhole: isWhole && found.size > 0 };
}

function elementsOfSet(object: LocatedObject, isGo: boolean, context: ClusterContext): Element[] {
  const { isOwn, text, parsed } = context;
  const repository = {
    isOwn,
    files: [...text.keys()],
    folders: [...foldersOf(text)],
    documents: (file: string) => parsed(file)?.documents,
  };
  const generators = valueAt(object.body, ['spec', 'generators']);
  return elementsOf({ repository, isGo }, generators, inside(object.at, 'spec', 'generators'));
}

function filled(text: string | undefined, element: Element, isGo: boolean): string | undefined {
  const result = text === undefined ? undefined : fill(text, element, isGo);
  return result === undefined || 'open' in result || result.text === '' ? undefined : result.text;
}
