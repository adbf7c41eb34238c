import { UserError } from '../../src/errors.ts';

/** The UserError that an action ends with; anything else fails the test. */
export function thrown(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
