import type { Prompts } from '../output/prompts.ts';
import type { Session } from './context.ts';

/** The prompt library is loaded only where somebody can answer. */
export async function openPrompts(session: Session): Promise<Prompts> {
  const prompts = await import('../output/prompts.ts');
  return prompts.openPrompts({
    output: process.stderr,
    signal: session.signal,
    words: {
      move: session.t({ en: 'move', 'zh-CN': '移动' }),
      choose: session.t({ en: 'choose', 'zh-CN': '选择' }),
      yes: session.t({ en: 'Yes', 'zh-CN': '是' }),
      no: session.t({ en: 'No', 'zh-CN': '否' }),
      hidden: session.t({ en: 'hidden', 'zh-CN': '不显示' }),
    },
  });
}
