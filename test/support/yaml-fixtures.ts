import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['test', 'templates', 'bench', 'docs'];

/** The text of every YAML file of the tree. */
export const YAML_FIXTURES = FOLDERS.flatMap(folder =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.ya?ml$/.test(name))
    .map(name => readFileSync(path.join(ROOT, folder, name), 'utf8')),
);

/** What people and machines put in the wrong place. */
const EDITS = fc.constantFrom(
  ...' \n-:#"\'{}[]|>&*!%\t?,0\\\r\ufeff\u0085é\u{1f600}\ud800',
  ...'- _: _ #_---\n_\n\n_  _...\n_|\n_>-\n'.split('_'),
);

/** A part of a fixture, a little damaged. */
export const damagedFixtures = fc
  .record({
    text: fc.constantFrom(...YAML_FIXTURES.filter(text => text.length < 20_000)),
    from: fc.nat(20_000),
    length: fc.integer({ min: 20, max: 1500 }),
    edits: fc.array(fc.record({ at: fc.nat(1500), gone: fc.nat(4), put: EDITS }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ text, from, length, edits }) => {
    const start = from < text.length ? text.indexOf('\n', from) + 1 : 0;
    return edits.reduce(
      (part, { at, gone, put }) => {
        const place = at % (part.length + 1);
        return part.slice(0, place) + put + part.slice(place + gone);
      },
      text.slice(start, start + length),
    );
  });
