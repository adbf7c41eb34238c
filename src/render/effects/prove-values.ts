import { isDataMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import type { Text } from '../../text/language.ts';
import { findNeutral, type NeutralSearch } from './find-neutral.ts';
import {
  isSameBut,
  type Masked,
  maskedParts,
  STABLE,
  type Unstable,
  unstableParts,
} from './unstable-parts.ts';

/**
 * What a customisation does to what is rendered. none: nothing, together with the others that do nothing. dead: nothing, and
 * neither a default nor a template knows it. unknown: nobody could look.
 */
export type Effect = 'effective' | 'none' | 'dead' | 'unknown';

/** One customisation: the way to it, and whether neither default nor template knows it. */
export type Custom = { keys: readonly string[]; isDead: boolean };

/** The values of one place as Helm reads them; places are laid over each other from low to high. */
export type Layer = { data: unknown; customs: readonly Custom[] };

/** What became of a proof. */
export type Proved = {
  /** For each layer, that of each of its customisations, in their order. */
  effects: readonly (readonly Effect[])[];
  /** How often the chart was rendered. */
  renders: number;
  /** What differs by itself, and so was not compared. */
  masked: readonly Masked[];
  /** Why not every effect is known; undefined where it is. */
  reason: Text | undefined;
};

/** Renders the chart with values. @throws UserError E_RENDER where it fails with them */
export type RenderWith = (values: unknown) => Promise<string>;

export type ProofLimits = {
  /** How often the chart is rendered at most. */
  budget: number;
  /** What is said of a budget that is spent. */
  spent: Text;
  /** Called for each rendering. */
  tick(): void;
};

type Leaf = Custom & { layer: number; index: number };

/** What the search works with; `unstable` grows where a later look shows that more differs by itself. */
type Looking = { render: RenderWith; first: string; unstable: Unstable };

const MOST_LOOKS = 3;

/**
 * Which customisations change what a chart renders with the values that it has now, found by leaving them out. Where leaving
 * one out makes the chart fail, it has an effect. Where the chart fails as it is, nothing is known.
 * @throws UserError where the renderer itself cannot go on
 */
export async function proveValues(
  layers: readonly Layer[],
  given: RenderWith,
  limits: ProofLimits,
): Promise<Proved> {
  const leaves = layers.flatMap(({ customs }, layer) =>
    customs.map((custom, index) => ({ ...custom, layer, index })),
  );
  const counted = countedRender(given, limits);
  const found: NeutralSearch<Leaf> = { neutral: [], effective: [] };
  const proved = { effects: layers.map(({ customs }) => customs.map((): Effect => 'unknown')) };
  const looking: Looking = { render: counted.render, first: '', unstable: STABLE };
  let reason: Text | undefined;
  try {
    if (leaves.length > 0) await look(layers, leaves, { looking, found });
  } catch (error) {
    reason = reasonOf(error);
  }
  for (const { layer, index } of found.effective) set(proved.effects, layer, index, 'effective');
  for (const { layer, index, isDead } of found.neutral)
    set(proved.effects, layer, index, isDead ? 'dead' : 'none');
  return {
    ...proved,
    renders: counted.count(),
    masked: maskedParts(looking.first, looking.unstable),
    reason,
  };
}

function set(effects: Effect[][], layer: number, index: number, effect: Effect): void {
  const own = effects[layer];
  if (own) own[index] = effect;
}

/** Twice as it is, for what differs by itself; once more at the end, for what only differs from one second to the next. */
async function look(
  layers: readonly Layer[],
  leaves: readonly Leaf[],
  { looking, found }: { looking: Looking; found: NeutralSearch<Leaf> },
): Promise<void> {
  const whole = valuesWithout(layers, []);
  looking.first = await looking.render(whole);
  looking.unstable = unstableParts(looking.first, await looking.render(whole));
  // Those that nothing knows first: they go all at once.
  let open: readonly Leaf[] = leaves.toSorted((a, b) => Number(b.isDead) - Number(a.isDead));
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    found.effective = [];
    await findNeutral(open, left => changesWithout(layers, left, looking), found);
    const again = await looking.render(whole);
    if (isSameBut(looking.first, again, looking.unstable)) return;
    looking.unstable = unstableParts(looking.first, again, looking.unstable);
    open = found.effective;
  }
}

async function changesWithout(
  layers: readonly Layer[],
  left: readonly Leaf[],
  { render, first, unstable }: Looking,
): Promise<boolean> {
  try {
    return !isSameBut(first, await render(valuesWithout(layers, left)), unstable);
  } catch (error) {
    if (error instanceof UserError && FAILS.test(error.code)) return true;
    throw error;
  }
}

/** The chart itself fails, or renders what is no YAML. */
const FAILS = /^E_(?:RENDER|YAML.*|ENCODING)$/;

function countedRender(render: RenderWith, { budget, spent, tick }: ProofLimits) {
  let done = 0;
  return {
    count: () => done,
    async render(values: unknown): Promise<string> {
      if (done >= budget) throw new BudgetSpent(spent);
      done += 1;
      tick();
      return render(values);
    },
  };
}

class BudgetSpent extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super(reason.en);
    this.reason = reason;
  }
}

function reasonOf(error: unknown): Text {
  if (error instanceof BudgetSpent) return error.reason;
  if (error instanceof UserError && FAILS.test(error.code)) return error.texts.message;
  throw error;
}

/** The values as Helm lays them over each other, without some customisations: their defaults come back. */
function valuesWithout(layers: readonly Layer[], left: readonly Leaf[]): unknown {
  const parts = layers.map(({ data }, layer) =>
    left.filter(leaf => leaf.layer === layer).reduce((rest, { keys }) => without(rest, keys), data),
  );
  return parts.reduce((low, high) => laidOver(low, high), {});
}

function without(data: unknown, [key, ...deeper]: readonly string[]): unknown {
  if (!isDataMap(data) || key === undefined || !Object.hasOwn(data, key)) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
      if (name !== key) return [[name, value]];
      return deeper.length === 0 ? [] : [[name, without(value, deeper)]];
    }),
  );
}

/** Maps by key, everything else as a whole; `null` stays, since it takes the chart's default away. */
function laidOver(low: unknown, high: unknown): unknown {
  if (!isDataMap(low) || !isDataMap(high)) return high;
  const merged = Object.entries(high).map(([key, value]): [string, unknown] => [
    key,
    Object.hasOwn(low, key) ? laidOver(low[key], value) : value,
  ]);
  return Object.fromEntries([...Object.entries(low), ...merged]);
}
