import path from 'node:path';

/**
 * Files that another program fills in before they are YAML: charts kept outside of `charts/`, and the skeletons of backstage,
 * copier and cookiecutter. Nobody applies them as they are.
 * @param files every path of the repository
 * @param textOf the text of one of them, asked for `template.yaml` and `copier.yml` only
 */
export function findTemplates(
  files: Iterable<string>,
  textOf: (file: string) => string | undefined,
): (file: string) => boolean {
  const folders = new Set<string>();
  for (const file of files) for (const folder of templatesBeside(file, textOf)) folders.add(folder);
  const isInside = (file: string): boolean => foldersAround(file).some(folder => folders.has(folder));
  return file => hasMarkedName(file) || (folders.size > 0 && isInside(file));
}

/** Whether `findTemplates` asks for the text of a file. */
export function tellsOfTemplates(file: string): boolean {
  return /(?:^|\/)(?:template|copier)\.ya?ml$/.test(file);
}

/** `{{cookiecutter.app}}/deployment.yaml`, `{{ name }}.yaml`, and what teams call folders of such files. */
function hasMarkedName(file: string): boolean {
  return /\{\{|\{%|(?:^|\/)boilerplates?\//i.test(file);
}

function foldersAround(file: string): string[] {
  const names = file.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

const SPEAKS = /(?:^|\/)(?:Chart\.yaml|cookiecutter\.json|(?:copier|template)\.ya?ml)$/;

/** The folders of templates that a file speaks of. The repository itself is never one: then nothing would be left. */
function templatesBeside(file: string, textOf: (file: string) => string | undefined): string[] {
  // Most files speak of none, and there are thousands.
  if (!SPEAKS.test(file)) return [];
  const folder = path.posix.dirname(file);
  const below = (name: string): string => path.posix.join(folder, name);
  switch (path.posix.basename(file)) {
    case 'Chart.yaml':
      return [below('templates')];
    case 'cookiecutter.json':
      return folder === '.' ? [] : [folder];
    case 'copier.yml':
    case 'copier.yaml':
      return [copied(textOf(file) ?? '', folder)].filter(each => each !== '.');
    case 'template.yml':
    case 'template.yaml':
      return skeletons(textOf(file) ?? '').map(below);
    default:
      return [];
  }
}

function copied(text: string, folder: string): string {
  const [, subfolder = ''] = /^_subdirectory:[ \t]*["']?([\w./-]+)/m.exec(text) ?? [];
  return path.posix.join(folder, subfolder).replace(/\/$/, '');
}

/** What the steps of a software template of backstage fetch: `url: ./skeleton`. */
function skeletons(text: string): string[] {
  if (!/^apiVersion:[ \t]*["']?(?:scaffolder\.)?backstage\.io\//m.test(text)) return [];
  const named = [...text.matchAll(/^[ \t]*url:[ \t]*["']?\.\/([\w./-]*\w)/gm)].flatMap(
    ([, name]) => name ?? [],
  );
  return ['skeleton', ...named];
}

/** The folder of the chart that a template belongs to: the nearest one whose `templates/` it lies under; undefined for a skeleton. */
export function chartOfTemplate(files: { has(file: string): boolean }, file: string): string | undefined {
  const folders = path.posix.dirname(file).split('/');
  const homes = folders.flatMap((name, index) =>
    name === 'templates' ? [folders.slice(0, index).join('/')] : [],
  );
  return homes.findLast(home => files.has(path.posix.join(home, 'Chart.yaml')));
}
