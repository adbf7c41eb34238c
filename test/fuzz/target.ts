import assert from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { UserError } from '../../src/errors.ts';

/** A reader of things from elsewhere, and what holds whatever it reads. */
export type Target = {
  /** For `--help`. */
  readonly about: string;
  readonly seeds: readonly Buffer[];
  /** Reads the input and asserts what must hold. Refusing it is a UserError. */
  readonly run: (input: Buffer) => unknown;
};

// The script is run from the root of the project, and vitest too.
const SEEDS = 'test/fuzz/seeds';

/** The seeds of a target that stand in a folder of their own. */
export function seedFiles(name: string): Buffer[] {
  return readdirSync(`${SEEDS}/${name}`)
    .toSorted()
    .map(file => readFileSync(`${SEEDS}/${name}/${file}`));
}

/**
 * Runs one input. Returns the code it was refused with, or `accepted`.
 * @throws what is a fault: an error of another kind, a broken assertion, a changed prototype
 */
export async function judge(target: Target, input: Buffer): Promise<string> {
  try {
    await target.run(input);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    assert.ok(error.message.length < 4000, 'the message of an error has no end');
    return error.code;
  } finally {
    requirePlainPrototypes();
  }
}

const PROTOTYPES: readonly (readonly [object, string])[] = [Object, Array, String, Function, Map].map(
  ({ prototype }) => [
    prototype as object,
    Reflect.ownKeys(prototype as object)
      .map(String)
      .join(),
  ],
);

function requirePlainPrototypes(): void {
  for (const [prototype, keys] of PROTOTYPES)
    assert.strictEqual(Reflect.ownKeys(prototype).map(String).join(), keys, 'a prototype was changed');
}
