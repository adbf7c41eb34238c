import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from '../../cli/context.ts';
import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { EXIT, systemCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { packagePath } from '../../system/files/templates.ts';
import { display } from '../../text/display.ts';
import type { Language } from '../../text/language.ts';
import { nearest } from '../../text/nearest.ts';
import { type DocPage, sameWord, TABLE_PAGES, type Explained, topicsOf } from './topics.ts';
import { showTopics, showWords } from './view.ts';

/**
 * What a code, a rule, a decision, a risk or a word of slipway means, from the pages that ship with it; without a word, all that
 * can be explained.
 * @throws UserError E_VALUE for a word that no page explains
 */
export async function runExplain(session: Session, input: CommandInput<FlagTable>): Promise<number> {
  const topics = topicsOf(await readPages(session.json ? 'en' : session.language));
  const [word] = input.positionals;
  if (word === undefined) showWords(session, input, topics);
  else showTopics(session, input, found(topics, word));
  return EXIT.done;
}

function found(topics: readonly Explained[], word: string): Explained[] {
  const same = topics.filter(topic => sameWord(topic.word, word));
  if (same.length > 0) return same;
  const near = nearest(
    word,
    topics.map(topic => topic.word),
  );
  throw new UserError('E_VALUE', say('explain.unknown', { word: display(word) }), {
    hint:
      near === undefined
        ? say('explain.seeAll')
        : say('cli.didYouMeanWord', { near: `slipway explain ${near}` }),
    subject: word,
  });
}

/** Pages that no language has of its own are read in English. */
async function readPages(language: Language): Promise<DocPage[]> {
  const names = await readdir(packagePath('docs/rules'));
  const rules = names.filter(name => name.endsWith('.md') && name !== 'README.md').toSorted();
  const pages: DocPage[] = [];
  for (const name of [...TABLE_PAGES, ...rules.map(rule => `rules/${rule}`)])
    pages.push((await readPage(`docs/${language}/${name}`)) ?? (await requirePage(`docs/${name}`)));
  return pages;
}

async function readPage(file: string): Promise<DocPage | undefined> {
  try {
    return { file, text: await readFile(packagePath(file), 'utf8') };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function requirePage(file: string): Promise<DocPage> {
  const page = await readPage(file);
  if (page) return page;
  throw new UserError('E_FILE_SYSTEM', say('explain.noPages', { folder: path.dirname(packagePath(file)) }), {
    hint: say('explain.installAgain'),
  });
}
