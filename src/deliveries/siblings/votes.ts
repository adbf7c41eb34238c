import { isRecord } from '../../data/fields.ts';
import { chartComment } from './dependency-comments.ts';
import { abstracted } from './names.ts';
import { namesOf, type Part, type Unit, type UnitDocument } from './unit.ts';

/** What a document has in common with its like: single fields, and comments. */
export type Votes = {
  /** Whether a value at a path is what most have. */
  isUsual(unit: Unit, document: UnitDocument, path: readonly string[], value: unknown): boolean;
  /** The same for the text of a comment. */
  isUsualComment(unit: Unit, document: UnitDocument, comment: string): boolean;
  /** How much of what is usual a document has, less what it has of its own. */
  score(unit: Unit, document: UnitDocument): number;
  /** The comment that names a schema, as documents of this part have it: after the same chart, else after most charts. */
  schemaComment(part: Part): string | undefined;
  /** Whether most documents of this part begin with a marker. */
  opensWithMarker(part: Part): boolean;
};

/** Fields that belong to one app, unless several have the very same. */
const OWN_FIELDS =
  /^(?:spec\.(?:dependsOn|postRenderers|healthChecks|healthCheckExprs|components|patches|postBuild|images|ignoreDifferences|info)|components|patches|images|replicas|labels|metadata\.(?:annotations|labels))(?:\.|$)/;

/** What nobody wants of a sibling. */
const NEVER = /^(?:spec\.suspend|status|spec\.values|spec\.valuesFrom)(?:\.|$)/;

/** What the votes are for: the chart of the new app, and every app of its delivery. */
export type VotesFor = { chart: string | undefined; all: readonly Unit[] };

type Tally = {
  totals: Map<Part, number>;
  markers: Map<Part, number>;
  fields: Map<string, number>;
  comments: Map<string, number>;
};

/** Counts what the documents of siblings have in common, by what each is for. */
export function countVotes(units: readonly Unit[], { chart, all }: VotesFor): Votes {
  const tally: Tally = { totals: new Map(), markers: new Map(), fields: new Map(), comments: new Map() };
  for (const unit of units) for (const part of partsOf(unit)) count(tally, unit, part);
  const isMost = (counted: number, part: Part): boolean => counted * 2 > (tally.totals.get(part) ?? 0);
  const isUsualField = (part: Part, leaf: string, path: string): boolean => {
    const counted = NEVER.test(path) ? 0 : (tally.fields.get(leaf) ?? 0);
    return isMost(counted, part) && (counted > 1 || !OWN_FIELDS.test(path));
  };
  const isUsualText = (part: Part, comment: string): boolean => {
    const counted = SCHEMA.test(comment) ? 0 : (tally.comments.get(comment) ?? 0);
    return isMost(counted, part) && counted > 1;
  };
  return {
    isUsual: (unit, { part }, path, value) =>
      isUsualField(part, leafOf(unit, part, path, value), path.join('.')),
    isUsualComment: (unit, { part }, comment) => isUsualText(part, commentOf(unit, part, comment)),
    schemaComment: part => schemaCommentOf(all, part, chart),
    opensWithMarker: part => isMost(tally.markers.get(part) ?? 0, part),
    score: (unit, document) => {
      const { part } = document;
      const leaves = leavesOf(unit, document).map(leaf => isUsualField(part, leaf, leaf.split(' ')[1] ?? ''));
      const texts = commentsIn(unit, document).map(comment => isUsualText(part, comment));
      return [...leaves, ...texts].reduce((sum, isUsual) => sum + (isUsual ? 1 : -1), 0);
    },
  };
}

/** For what is nobody's: all of it is wanted. */
export const KEEP_ALL: Votes = {
  isUsual: () => true,
  isUsualComment: () => true,
  schemaComment: () => undefined,
  opensWithMarker: () => false,
  score: () => 0,
};

function partsOf({ documents }: Unit): Set<Part> {
  return new Set(documents.map(({ part }) => part));
}

/** Each sibling has one vote for what it has. */
function count({ totals, markers, fields, comments }: Tally, unit: Unit, part: Part): void {
  const documents = unit.documents.filter(document => document.part === part);
  const add = <Key>(to: Map<Key, number>, keys: Iterable<Key>): void => {
    for (const key of new Set(keys)) to.set(key, (to.get(key) ?? 0) + 1);
  };
  add(totals, [part]);
  add(markers, documents[0]?.marker ? [part] : []);
  add(
    fields,
    documents.flatMap(document => leavesOf(unit, document)),
  );
  add(
    comments,
    documents.flatMap(document => commentsIn(unit, document)),
  );
}

/** A comment that tells an editor where the schema is. */
export const SCHEMA = /\$schema=/;

/** A schema of releases may be that of one chart's values: those of the same chart know, else what most charts have. */
function schemaCommentOf(all: readonly Unit[], part: Part, chart: string | undefined): string | undefined {
  const same = all.filter(unit => unit.chart.name === chart);
  const seen = new Map<string, Set<string>>();
  for (const unit of same.length > 0 ? same : all)
    for (const document of unit.documents.filter(each => each.part === part))
      for (const [comment] of document.text.matchAll(/^#.*\$schema=.*$/gm)) {
        const by = part === 'release' && same.length === 0 ? unit.chart.name : unit.standing.home;
        seen.set(comment.trim(), (seen.get(comment.trim()) ?? new Set()).add(by));
      }
  return [...seen].toSorted(([, a], [, b]) => b.size - a.size)[0]?.[0];
}

function leafOf(unit: Unit, part: Part, path: readonly string[], value: unknown): string {
  return `${part} ${path.join('.')} ${abstracted(JSON.stringify(value ?? null), namesOf(unit))}`;
}

function commentOf(unit: Unit, part: Part, comment: string): string {
  return `${part} ${abstracted(chartComment(comment, unit) ?? comment, namesOf(unit))}`;
}

function leavesOf(unit: Unit, { part, data }: UnitDocument): string[] {
  return leavesIn(data, []).map(({ path, value }) => leafOf(unit, part, path, value));
}

/** The values of a document that are no maps, with their paths. */
function leavesIn(value: unknown, path: readonly string[]): { path: readonly string[]; value: unknown }[] {
  if (!isRecord(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesIn(inner, [...path, key]));
}

/** Comments on lines of their own, and behind values. */
const COMMENT = /^[ \t]*#.*$|(?<=[^\s#][ \t]{1,100})#[^"'\n]*$/gm;

function commentsIn(unit: Unit, { part, text, data }: UnitDocument): string[] {
  const head =
    'values' in (isRecord(data['spec']) ? data['spec'] : {})
      ? text.slice(0, Math.max(0, text.search(/^  values:/m)))
      : text;
  return [...head.matchAll(COMMENT)].map(([comment]) => commentOf(unit, part, comment.trim()));
}
