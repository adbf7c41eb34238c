import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { type Custom, type Layer, proveValues } from '../../../src/render/effects/prove-values.ts';
import { untranslated } from '../../../src/text/language.ts';

type Values = Record<string, unknown>;

const custom = (path: string, isDead = false): Custom => ({ keys: path.split('.'), isDead });
const layer = (data: Values, ...paths: string[]): Layer => ({
  data,
  customs: paths.map(path => custom(path)),
});

/** Proves against a chart that is a function of its values, as a config map with these data. */
function prove(layers: Layer[], chart: (values: Values) => Values, budget = 200) {
  const render = async (values: unknown): Promise<string> =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: chart(values as Values),
    });
  return proveValues(layers, render, { budget, spent: untranslated('spent'), tick: () => undefined });
}

const at = (values: Values, key: string): unknown => (values[key] as Values | undefined)?.['x'];

describe('what a customisation does', () => {
  test('effective, none, dead', async () => {
    const layers = [{ data: { a: 1, b: 2, c: 3 }, customs: [custom('a'), custom('b'), custom('c', true)] }];
    const { effects, masked, reason } = await prove(layers, ({ a }) => ({ a }));
    expect([effects, masked, reason]).toEqual([[['effective', 'none', 'dead']], [], undefined]);
  });

  test('one that nothing seemed to know has an effect where it shows one', async () => {
    const layers = [{ data: { a: 1 }, customs: [custom('a', true)] }];
    expect((await prove(layers, values => values)).effects).toEqual([['effective']]);
  });

  test('leaving out is the default of the map around it, and of a lower place', async () => {
    const low = layer({ a: { x: 1, y: 1 } }, 'a.x', 'a.y');
    const high = layer({ a: { x: 1 }, b: { x: 5 } }, 'a.x', 'b.x');
    const { effects } = await prove([low, high], values => ({ a: at(values, 'a'), b: at(values, 'b') }));
    // Each place sets a.x to the same: one of them is enough.
    expect(effects).toEqual([
      ['none', 'none'],
      ['effective', 'effective'],
    ]);
  });

  test('null in a higher place stays: it takes away', async () => {
    const { effects } = await prove([layer({ a: 1 }), layer({ a: null }, 'a')], ({ a }) => ({ a }));
    expect(effects).toEqual([[], ['effective']]);
  });

  test('a chart that fails without it needs it', async () => {
    const { effects } = await prove([layer({ a: 1, b: 2 }, 'a', 'b')], ({ a }) => {
      if (a === undefined) throw new UserError('E_RENDER', untranslated('a is required'));
      return {};
    });
    expect(effects).toEqual([['effective', 'none']]);
  });
});

describe('what is not known', () => {
  test('a chart that fails as it is', async () => {
    const { effects, reason } = await prove([layer({ a: 1 }, 'a')], () => {
      throw new UserError('E_RENDER', untranslated('no such function'));
    });
    expect([effects, reason?.en]).toEqual([[['unknown']], 'no such function']);
  });

  test('what the budget did not reach', async () => {
    const paths = ['a', 'b', 'c', 'd'];
    const values = { a: 1, b: 1, c: 1, d: 1 };
    const { effects, renders, reason } = await prove([layer(values, ...paths)], own => own, 4);
    expect([effects, renders, reason?.en]).toEqual([
      [['effective', 'effective', 'unknown', 'unknown']],
      4,
      'spent',
    ]);
  });

  test.each(['E_CANCELLED', 'E_TOOL'] as const)('%s ends it', async code => {
    const proof = prove([layer({ a: 1 }, 'a')], () => {
      throw new UserError(code, untranslated('no'));
    });
    await expect(proof).rejects.toThrow(UserError);
  });

  test('no customisation: nothing is rendered', async () => {
    expect(await prove([layer({ a: 1 })], own => own)).toMatchObject({ effects: [[]], renders: 0 });
  });
});

describe('what differs by itself', () => {
  let count = 0;
  const random = (): string => `r${(count += 1)}`;

  test('a random value is masked by its field, and the others are proved', async () => {
    const proved = await prove([layer({ a: 1, b: 2 }, 'a', 'b')], ({ a }) => ({ a, secret: random() }));
    expect(proved.effects).toEqual([['effective', 'none']]);
    expect(proved.masked).toEqual([
      { kind: 'ConfigMap', name: 'c', namespace: undefined, fields: ['data.secret'], isWhole: false },
    ]);
  });

  test('in a long text its line alone', async () => {
    const chart = ({ a, b }: Values): Values => ({ 'app.ini': `key=${random()}\na=${String(a)}\n`, b });
    const proved = await prove([layer({ a: 1, c: 2 }, 'a', 'c')], chart);
    expect(proved.effects).toEqual([['effective', 'none']]);
    expect(proved.masked[0]?.fields).toEqual(['data.app.ini']);
  });

  test('what differs only from some moment on, such as the time, is found at the end', async () => {
    let calls = 0;
    const proved = await prove([layer({ a: 1, b: 2, c: 3 }, 'a', 'b', 'c')], ({ a }) => ({
      a,
      time: (calls += 1) > 2 ? calls : 0,
    }));
    expect(proved.effects).toEqual([['effective', 'none', 'none']]);
    expect(proved.masked[0]?.fields).toEqual(['data.time']);
  });

  test('an object with another name each time: its kind, and how many there are counts', async () => {
    const object = (kind: string, name: string): string =>
      JSON.stringify({ apiVersion: 'batch/v1', kind, metadata: { name } });
    const render = async (values: unknown): Promise<string> => {
      const { a, b } = values as Values;
      const jobs = [random(), ...(a === 1 ? [random()] : []), ...(b === 1 ? ['steady'] : [])];
      return [...jobs.map(name => object('Job', name)), object('CronJob', 'c')].join('\n---\n');
    };
    const limits = { budget: 99, spent: untranslated(''), tick: () => undefined };
    const proved = await proveValues([layer({ a: 1, b: 1, c: 1 }, 'a', 'b', 'c')], render, limits);
    expect(proved.effects).toEqual([['effective', 'effective', 'none']]);
    expect(proved.masked).toEqual([
      { kind: 'Job', name: '*', namespace: undefined, fields: [], isWhole: true },
    ]);
  });

  test('an object of another kind that is renamed is no random name', async () => {
    const object = (kind: string, name: string): string =>
      JSON.stringify({ apiVersion: 'v1', kind, metadata: { name } });
    const render = async (values: unknown): Promise<string> =>
      [object('Pod', random()), object('ConfigMap', `c-${String((values as Values)['a'])}`)].join('\n---\n');
    const limits = { budget: 99, spent: untranslated(''), tick: () => undefined };
    const proved = await proveValues([layer({ a: 1, b: 1 }, 'a', 'b')], render, limits);
    expect(proved.effects).toEqual([['effective', 'none']]);
  });
});
