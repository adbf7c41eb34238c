import type { Prompts } from '../output/prompts.ts';
import type { Session } from './context.ts';
import { say } from '../locales/say.ts';

/** The prompt library is loaded only where somebody can answer. */
export async function openPrompts(session: Session): Promise<Prompts> {
  const prompts = await import('../output/prompts.ts');
  return prompts.createPrompts({
    output: process.stderr,
    signal: session.signal,
    words: {
      move: session.t(say('cli.move')),
      choose: session.t(say('cli.choose')),
      toggle: session.t(say('cli.toggle')),
      all: session.t(say('cli.all')),
      invert: session.t(say('cli.invert')),
      go: session.t(say('cli.go')),
      back: session.t(say('cli.back')),
      yes: session.t(say('cli.yes')),
      no: session.t(say('cli.no')),
      hidden: session.t(say('cli.hidden')),
      noMatch: session.t(say('cli.noMatch')),
      yesOrNo: session.t(say('cli.yesOrNo')),
    },
  });
}
