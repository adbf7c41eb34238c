import path from 'node:path';
import { toJson } from '../../data/json.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { chooseLanguage, type Language } from '../../text/language.ts';
import { requireNamedPlace, writeNamedFile } from '../../system/files/named-files.ts';
import { display } from '../../text/display.ts';
import type { UpgradeInput } from './flags.ts';
import { renderReport } from './report/render-report.ts';
import type { UpgradeReport } from './report-facts.ts';
import { appJson } from './view.ts';

/**
 * The files that --report names, in full, before anything is written.
 * @throws UserError E_USAGE for a name that is neither Markdown, JSON nor a page, E_VALUE for a folder that takes no file, E_SYMLINK, E_NOT_A_FILE
 */
export async function reportFiles({ given }: UpgradeInput, cwd: string): Promise<string[]> {
  const named = given.filter(({ name }) => name === 'report').map(({ value }) => value);
  for (const file of named) {
    if (!/\.(?:md|json|html)$/i.test(file))
      throw new UserError('E_USAGE', say('upgrade.reportNeitherMarkdownNorJson', { file: display(file) }), {
        hint: say('upgrade.nameReportMdJson'),
        subject: file,
      });
    await requireNamedPlace(path.resolve(cwd, file));
  }
  return named.map(file => path.resolve(cwd, file));
}

/** Writes the report files: JSON by the name `.json`, a page by `.html`, else Markdown in the language of the name or of the run. */
export async function writeReports(
  report: UpgradeReport,
  files: readonly string[],
  usual: Language,
): Promise<void> {
  for (const file of files) {
    await writeNamedFile(file, await textOf(report, file, languageOf(file, usual)));
  }
}

async function textOf(report: UpgradeReport, file: string, language: Language): Promise<string> {
  if (/\.json$/i.test(file))
    return `${toJson({ schemaVersion: 1, ...report, apps: report.apps.map(appJson) }, 2)}\n`;
  if (!/\.html$/i.test(file)) return renderReport(report, language);
  return (await import('./report/page.ts')).renderUpgradePage(report, language);
}

/** `report.zh-CN.md` is in Chinese, `report.en.md` in English. */
function languageOf(file: string, usual: Language): Language {
  const named = /\.(en|zh(?:-CN)?)\.(?:md|html)$/i.exec(file)?.[1];
  return named === undefined ? usual : chooseLanguage(named, {});
}
