import path from 'node:path';
import { say } from '../locales/say.ts';
import { requireNamedPlace, writeNamedFile } from '../system/files/named-files.ts';
import { display } from '../text/display.ts';
import type { Language } from '../text/language.ts';
import type { Session } from './context.ts';

/** The page that `--html` asks for. */
export type PageFile = {
  /** Writes it, unless nothing is to be written, and says so; in the language of the run as it is by then. */
  write(render: (language: Language) => Promise<string>, session?: Session): Promise<void>;
};

/**
 * The place that `--html` names, judged before anything is looked up; undefined where nobody asks for a page.
 * @throws UserError E_SYMLINK, E_NOT_A_FILE
 */
export async function openPage(
  given: Session,
  { values }: { values: { readonly html?: string } },
): Promise<PageFile | undefined> {
  if (!values.html) return undefined;
  const file = path.resolve(given.cwd, values.html);
  await requireNamedPlace(file);
  return {
    write: async (render, session = given) => {
      if (session.dryRun) return;
      await writeNamedFile(file, await render(session.language));
      session.terminal.say(session.t(say('cli.wrotePage', { file: display(file) })));
    },
  };
}
