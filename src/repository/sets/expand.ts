import { asMap, isRecord, omitUndefined, stringOf, valueAt } from '../../data/fields.ts';
import { inside, type Place } from '../../yaml/place.ts';
import { readLocated } from '../../yaml/read.ts';
import { type Element, NotTold } from './element.ts';
import { elementsOf, type SetRepository } from './elements.ts';
import { filledText, type Filling, fillingOf, whyOpen } from './fill.ts';
import { type Expansion, type MadeApplication, PATCH } from './made.ts';
import { completed, patched } from './templates.ts';

/** How much is filled in of one set: templates times elements. */
const MOST_FILLED = 16 << 20;

const NOWHERE: Place = { file: '', document: 0, path: [] };

/** What an ApplicationSet makes of a repository, as Argo CD would; never a guess. */
export function expandSet(set: unknown, repository: SetRepository): Expansion {
  const spec = valueAt(set, ['spec']);
  const filling = fillingOf(spec);
  const generators = valueAt(spec, ['generators']);
  const { elements, refused } = elementsOf(
    { repository, filling },
    generators,
    inside(NOWHERE, 'spec', 'generators'),
  );
  if (refused !== undefined) return { applications: [], refused, open: [] };
  const open = [...new Set(elements.flatMap(element => element.open))];
  const namespace = valueAt(set, ['metadata', 'namespace']);
  const making: Making = { spec, filling, left: MOST_FILLED, namespace };
  const applications: MadeApplication[] = [];
  for (const element of elements) {
    const made = applicationOf(making, element);
    if (typeof made === 'string') return { applications: [], refused: made, open };
    if (making.left < 0) return { applications: [], open: [...open, `${elements.length} × template`] };
    applications.push(made);
  }
  return { applications, open };
}

type Making = { spec: unknown; filling: Filling; left: number; namespace: unknown };

/** A text says why Argo CD refuses it. */
function applicationOf(making: Making, element: Element): MadeApplication | string {
  const { spec } = making;
  const template = completed(element.template, valueAt(spec, ['template']));
  const open = new Map<string, string>();
  const around = new Map<string, string>();
  const filled: Filled = { making, element, open, around, refused: undefined };
  const body =
    element.parameters.size === 0 && element.open.length === 0 ? template : within(filled, template, []);
  const patch = stringOf(valueAt(spec, ['templatePatch']));
  const result = patch === undefined ? body : withPatch(filled, body, patch);
  if (filled.refused !== undefined) return filled.refused;
  return { body: isRecord(result) ? placed(result, body, making) : {}, open, around };
}

/** The project is never patched, Applications stand where their set does, and of a source what it is of is kept. */
function placed(
  result: Record<string, unknown>,
  body: unknown,
  { namespace }: Making,
): Record<string, unknown> {
  const { metadata, spec } = result;
  const own = asMap(spec);
  const { source, sources } = own;
  const dry = valueAt(own, ['sourceHydrator', 'drySource']);
  return {
    metadata: { ...asMap(metadata), namespace },
    spec: omitUndefined({
      project: valueAt(body, ['spec', 'project']),
      destination: own['destination'],
      syncPolicy: own['syncPolicy'],
      sourceHydrator: isRecord(dry) ? { drySource: keptOf(dry) } : undefined,
      source: isRecord(source) ? keptOf(source) : undefined,
      sources: Array.isArray(sources) ? sources.filter(isRecord).map(keptOf) : undefined,
    }),
  };
}

/** What a tool is told is not kept, only that it is told something. */
function keptOf({ repoURL, path, chart, targetRevision, ref, ...more }: Record<string, unknown>) {
  const told = Object.keys(more).filter(key => isRecord(more[key]));
  return omitUndefined({
    repoURL,
    path,
    chart,
    targetRevision,
    ref,
    ...Object.fromEntries(told.map(key => [key, {}])),
  });
}

type Filled = {
  making: Making;
  element: Element;
  open: Map<string, string>;
  around: Map<string, string>;
  refused: string | undefined;
};

function within(filled: Filled, value: unknown, path: readonly string[]): unknown {
  if (typeof value === 'string') return textWithin(filled, value, path);
  if (Array.isArray(value)) return value.map((item, index) => within(filled, item, [...path, String(index)]));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const own = key.includes('{{') ? (textWithin(filled, key, path) ?? key) : key;
      return [own, within(filled, each, [...path, own])];
    }),
  );
}

function textWithin(filled: Filled, text: string, path: readonly string[]): string | undefined {
  const { making, element } = filled;
  making.left -= text.length + 16;
  if (!text.includes('{{') || making.left < 0) return text;
  const result = making.filling.fill(text, element);
  if ('refused' in result) filled.refused ??= result.refused;
  const why = whyOpen(result);
  if (why !== undefined) {
    filled.open.set(path.join('.'), why);
    const around = folderAround(filled, text);
    if (around !== undefined) filled.around.set(path.join('.'), around);
  }
  return 'text' in result ? result.text : undefined;
}

function folderAround({ making, element }: Filled, text: string): string | undefined {
  const end = text.lastIndexOf('/{{');
  if (end < 0 || !text.endsWith('}}') || text.indexOf('}}', end) !== text.length - 2) return undefined;
  return filledText(making.filling.fill(text.slice(0, end), element));
}

function withPatch(filled: Filled, body: unknown, patch: string): unknown {
  const text = textWithin(filled, patch, [PATCH]);
  if (filled.refused !== undefined) return body;
  if (text === undefined) {
    leaveOpen(filled, patch, filled.open.get(PATCH) ?? PATCH);
    return body;
  }
  const read = readLocated(text);
  const data = read.status === 'read' && !read.yaml.dataProblem ? (read.yaml.documents[0] ?? {}) : undefined;
  if (!isRecord(data)) {
    filled.refused = 'templatePatch is no YAML';
    return body;
  }
  try {
    return patched(body, data);
  } catch (error) {
    if (!(error instanceof NotTold)) throw error;
    leaveOpen(filled, patch, error.message);
    return body;
  }
}

/** What a patch that cannot be told may change: the fields that it names. */
function leaveOpen({ open }: Filled, patch: string, why: string): void {
  for (const [field] of patch.matchAll(/\b[a-zA-Z]+(?=["']?:)/g)) open.set(`${PATCH}.${field}`, why);
}
