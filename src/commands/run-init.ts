import { mkdir } from 'node:fs/promises';
import type { AskedRepository, RepositoryContext } from '../../generators/repository.ts';
import type { Generated } from '../../generators/generator.ts';
import { type Ends, runGenerator } from '../../generators/index.ts';
import { type ChangeSet, joinChangeSets } from '../domain/change-set.ts';
import { EXIT, UserError } from '../errors.ts';
import type { Input } from '../flags.ts';
import type { Prompts } from '../io/prompts.ts';
import { applyChanges } from '../io/transaction.ts';
import type { Session } from '../session.ts';
import { type OpenedInit, openInit } from './open-init.ts';
import { describeNotice } from './open-repository.ts';
import { renderPreview } from './preview.ts';
import { showInit } from './show-init.ts';

type InitRun = { session: Session; input: Input };

/** init: ask, look charts up, plan, show, write what is missing. */
export async function runInit(session: Session, input: Input): Promise<number> {
  const ends = initEnds({ session, input });
  try {
    await runGenerator('repository', { language: session.language, repository: ends });
    return EXIT.done;
  } finally {
    await ends.close();
  }
}

/** Opens the folder before the questions, shows and writes the plan after them. */
export function initEnds(
  run: InitRun,
): Ends<RepositoryContext, AskedRepository> & { close(): Promise<void> } {
  let opened: OpenedInit | undefined;
  return {
    open: async () => {
      opened = await openInit(run.session, run.input);
      return opened.context;
    },
    finish: async (_, generated) => {
      if (!opened) throw new Error('init was not opened');
      return finish(opened, generated, run.input);
    },
    close: async () => opened?.close(),
  };
}

async function finish(
  opened: OpenedInit,
  { answers }: Generated<AskedRepository>,
  input: Input,
): Promise<string> {
  const { session, prompts, root } = opened;
  const force = input.switches.has('force');
  const { additions } = answers.plan;
  const overwrites = await approveOverwrites(opened, answers.plan.overwrites, force);
  const changes = joinChangeSets(additions, overwrites);
  if (prompts && changes.changes.length > 0) await confirm(session, prompts, changes);
  if (!session.dryRun && changes.changes.length > 0) {
    await mkdir(root, { recursive: true });
    await applyChanges(changes, {
      root,
      now: new Date(),
      signal: session.signal,
      force,
      // Every overwrite was agreed to.
      uncommitted: 'save',
      notify: notice => session.terminal.say(describeNotice(notice)),
    });
  }
  showInit(opened, answers, { changes, input });
  return `${changes.changes.length} changes`;
}

/** What differs is always shown; it is written only with --force or a person's yes. --yes alone is none. */
async function approveOverwrites(
  { session, prompts }: OpenedInit,
  overwrites: ChangeSet,
  force: boolean,
): Promise<ChangeSet> {
  if (overwrites.changes.length === 0) return overwrites;
  if (!session.json) session.terminal.say(renderPreview(overwrites, session.terminal));
  if (force) return overwrites;
  const message = session.t({
    en: 'These files are there and differ. Overwrite them?',
    'zh-CN': '这些文件已存在且内容不同，要覆盖吗？',
  });
  const agreed =
    prompts !== undefined && !session.yes && (await prompts.confirm({ message, default: false }));
  return agreed ? overwrites : joinChangeSets();
}

async function confirm(session: Session, prompts: Prompts, changes: ChangeSet): Promise<void> {
  session.terminal.say(renderPreview(changes, session.terminal));
  if (session.yes || session.dryRun) return;
  const message = session.t({ en: 'Write these files?', 'zh-CN': '写入这些文件？' });
  if (!(await prompts.confirm({ message, default: true }))) throw new UserError('E_CANCELLED', 'cancelled');
}
