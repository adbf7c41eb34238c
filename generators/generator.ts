import type { ChangeSet } from '../src/domain/change-set.ts';
import type { Text } from '../src/domain/language.ts';

/** Asks for what it needs, then plans a change set. It writes nothing. */
export type Generator<Context, Answers> = {
  name: string;
  description: Text;
  ask(context: Context): Promise<Answers>;
  plan(context: Context, answers: Answers): Promise<ChangeSet>;
};

/** What a generator came to. */
export type Generated<Answers> = { answers: Answers; changes: ChangeSet };
