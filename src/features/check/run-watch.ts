import { watch } from 'chokidar';
import { UserError } from '../../errors.ts';
import type { Session } from '../../cli/context.ts';
import { openRepository } from '../../cli/open-repository.ts';
import { say } from '../../locales/say.ts';
import type { CheckInput } from './flags.ts';
import { slashedPath } from '../../data/slashed-path.ts';

/** What a program writes at once, or an editor by a file beside and a rename, is one change. */
const QUIET_MS = 80;

/** What nobody edits, and what a run of slipway itself writes. */
const IGNORED = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)|(?:^|\/)\.slipway\/run(?:\/|$)|\.slipway-[^/]*\.new$/;

/**
 * Checks, and again after each change of a file, until it is cancelled. What changed while a check ran is checked at once.
 * @throws UserError E_USAGE together with what writes or what is read as one document; the reason of the signal in the end
 */
export async function watchCheck(
  session: Session,
  input: CheckInput,
  check: () => Promise<number>,
): Promise<number> {
  for (const name of ['fix', 'staged', 'cluster'] as const)
    if (input.switches.has(name))
      throw new UserError('E_USAGE', say('check.watchWithout', { flag: `--${name}` }));
  if (session.json) throw new UserError('E_USAGE', say('check.watchWithout', { flag: '--json' }));
  const { root } = await openRepository(session, 'read');
  const changes = watchFolder(root, session.signal);
  try {
    for (;;) {
      await check();
      session.terminal.say(session.t(say('check.watching')));
      const changed = await changes.next();
      session.terminal.say('');
      session.terminal.say(session.t(say('check.changed', { file: changed })));
    }
  } finally {
    await changes.close();
  }
}

/** The changes below a folder, one call for each time that it has become quiet after one. */
function watchFolder(root: string, signal: AbortSignal) {
  const watcher = watch(root, {
    ignored: file => IGNORED.test(slashedPath(root, file)),
    ignoreInitial: true,
    followSymlinks: false,
  });
  const state: { last?: string | undefined; timer?: NodeJS.Timeout | undefined; wake(): void } = {
    wake: () => undefined,
  };
  watcher.on('all', (_, file) => {
    state.last = slashedPath(root, file);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => {
      state.timer = undefined;
      state.wake();
    }, QUIET_MS);
  });
  const onAbort = (): void => state.wake();
  signal.addEventListener('abort', onAbort);
  return {
    /** The file that changed last. @throws the reason of the signal */
    async next(): Promise<string> {
      while (state.last === undefined || state.timer !== undefined) {
        signal.throwIfAborted();
        await new Promise<void>(resolve => (state.wake = resolve));
      }
      signal.throwIfAborted();
      const file = state.last;
      state.last = undefined;
      return file;
    },
    async close(): Promise<void> {
      clearTimeout(state.timer);
      signal.removeEventListener('abort', onAbort);
      await watcher.close();
    },
  };
}
