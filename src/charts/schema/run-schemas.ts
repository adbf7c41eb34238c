import type { DataMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { packagePath } from '../../system/files/templates.ts';
import { runInWorker } from '../../system/tools/worker.ts';
import type { RefusedValue, ValuesVerdict } from './verdict.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { mergeMaps } from '../../values/merge-maps.ts';
import { pathText } from '../../values/path.ts';
import type { Step } from '../../yaml/nodes.ts';
import { chartTree, mayHoldSchema } from './chart-tree.ts';
import { type GivenValues, givenValues } from './effective-values.ts';
import type { BrokenRule, SchemaAnswer, SchemaOrder, Unjudged } from './judge-instance.ts';
import { placeOfSaid, type PlacedValues } from './placed-values.ts';

const NO_SCHEMA: ValuesVerdict = { schemas: 0, refused: [], notHeld: [] };
const BOUNDS = { memoryMib: 256, ms: 5000 };

type Judging = {
  files: ReadonlyMap<string, Buffer>;
  /** From low to high. */
  layers: readonly PlacedValues[];
  signal: AbortSignal | undefined;
  /** What judges; a thread of its own unless given. */
  run?: RunSchemas | undefined;
};

/** Holds values to schemas, one by one. */
export type RunSchemas = (
  orders: readonly SchemaOrder[],
  signal: AbortSignal | undefined,
) => Promise<SchemaAnswer[]>;

/**
 * Holds the values that a chart is given to its `values.schema.json` and to those of the charts in it, as helm does before it
 * renders: in a thread that ends with its time or memory, with patterns in linear time, without any request.
 * @throws UserError E_CANCELLED
 */
export async function judgeValues({
  files,
  layers,
  signal,
  run = runOrders,
}: Judging): Promise<ValuesVerdict> {
  if (!mayHoldSchema(files)) return NO_SCHEMA;
  const given = await expected(() => whatIsGiven(files, layers));
  if (given instanceof UserError) return notHeld(say('schema.reasonChart', { reason: given.texts.message }));
  const judged = given.filter(({ chart }) => chart.schema !== undefined);
  if (judged.length === 0) return NO_SCHEMA;
  const orders = judged.map(({ chart, values }) => ({ schema: chart.schema ?? Buffer.alloc(0), values }));
  const answers = await expected(() => run(orders, signal));
  return answers instanceof UserError
    ? notHeld(say('schema.reasonLimit'), judged)
    : verdictOf(judged, answers, layers);
}

function whatIsGiven(files: Judging['files'], layers: readonly PlacedValues[]): GivenValues[] {
  const given = layers.reduce<DataMap>((low, { data }) => mergeMaps(low, data), {});
  return givenValues(chartTree(files), given);
}

async function runOrders(
  orders: readonly SchemaOrder[],
  signal: AbortSignal | undefined,
): Promise<SchemaAnswer[]> {
  const bounds = { ...BOUNDS, what: 'values.schema.json', signal };
  return (await runInWorker(packagePath('dist/schema-worker.js'), orders, bounds)) as SchemaAnswer[];
}

/** @throws what is no error of a user, and E_CANCELLED */
async function expected<T>(work: () => T | Promise<T>): Promise<T | UserError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return error;
    // Of the thread's memory or stack.
    if (error instanceof RangeError) return new UserError('E_YAML_LIMIT', say('schema.reasonLimit'));
    throw error;
  }
}

function notHeld(reason: Text, given: readonly GivenValues[] = []): ValuesVerdict {
  const names = given.length > 0 ? given.map(schemaName) : [SCHEMA];
  return {
    schemas: names.length,
    refused: [],
    notHeld: names.map(schema => ({ schema, isPart: false, reason })),
  };
}

const SCHEMA = 'values.schema.json';

function schemaName({ chart }: GivenValues): string {
  return chart.folder + SCHEMA;
}

function verdictOf(
  judged: readonly GivenValues[],
  answers: readonly SchemaAnswer[],
  layers: readonly PlacedValues[],
): ValuesVerdict {
  const pairs = judged.flatMap((given, index) => {
    const answer = answers[index];
    return answer ? [{ given, answer }] : [];
  });
  return {
    schemas: judged.length,
    refused: pairs.flatMap(({ given, answer }) =>
      answer.broken.map(rule => refusedValue(given, rule, layers)),
    ),
    notHeld: pairs.flatMap(({ given, answer }) =>
      answer.unjudged.map(unjudged => ({
        schema: schemaName(given),
        isPart: unjudged.kind === 'outside',
        reason: reasonOf(unjudged),
      })),
    ),
  };
}

function refusedValue(
  given: GivenValues,
  { path, keyword, value }: BrokenRule,
  layers: readonly PlacedValues[],
): RefusedValue {
  const whole: Step[] = [...given.keys, ...path];
  // What all charts share is said once, at the top.
  const shared = path[0] === 'global' && given.keys.length > 0 ? [[...path]] : [];
  const place = placeOfSaid(layers, [whole, ...shared]);
  const isOwn = place?.isWhole === true || keyword === 'required';
  const at = place && isOwn ? { file: place.file, line: place.line, column: place.column } : undefined;
  return {
    path: display(pathText(whole)),
    keyword,
    rule: ruleText(keyword, display(value)),
    schema: schemaName(given),
    at,
  };
}

function ruleText(keyword: string, value: string): Text {
  switch (keyword) {
    case 'type':
      return say('schema.mustBeOfType', { value });
    case 'enum':
      return say('schema.mustBeOneOf', { value });
    case 'const':
      return say('schema.mustEqual', { value });
    case 'pattern':
      return say('schema.mustMatch', { value });
    case 'required':
      return say('schema.isMissing');
    case 'additionalProperties':
      return say('schema.notAllowed');
    default:
      return say('schema.must', { keyword, value });
  }
}

function reasonOf(unjudged: Unjudged): Text {
  switch (unjudged.kind) {
    case 'outside':
      return say('schema.reasonOutside', { reference: display(unjudged.reference) });
    case 'pattern':
      return say('schema.reasonPattern', { pattern: display(unjudged.pattern) });
    case 'size':
      return say('schema.reasonSize');
    case 'recursion':
      return say('schema.reasonRecursion');
    case 'limit':
      return say('schema.reasonLimit');
    case 'unusable':
      return say('schema.reasonUnusable');
  }
}
