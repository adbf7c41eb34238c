import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import type { Session } from './context.ts';

/** A line for the person who waits: what is done, out of how many, and the renderings of a proof so far. */
export function showProgress({ terminal, t }: Pick<Session, 'terminal' | 't'>, what: Text) {
  const label = t(what);
  const line = terminal.progress(label);
  const state = { done: '', renders: 0 };
  const show = (): void => {
    const renders = state.renders > 0 ? ` (${t(say('render.renderings', { count: state.renders }))})` : '';
    line.update(`${label}${state.done}${renders}`);
  };
  return {
    /** One more rendering. */
    tick: (): void => {
      state.renders += 1;
      show();
    },
    progress: (done: number, of: number): void => {
      state.done = `: ${done}/${of}`;
      show();
    },
    end: (): void => line.end(),
  };
}
