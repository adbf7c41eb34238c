import { changesJson, type ChangeSet, createFile, joinAll, updateFile } from '../../change-set.ts';
import type { Session } from '../../cli/context.ts';
import { slipwayLine } from '../../cli/command-line.ts';
import type { Input } from '../../cli/flags.ts';
import { commitStep, goThere, type NextStep } from '../../cli/next-steps.ts';
import { openRepository } from '../../cli/open-repository.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { EXIT, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { renderTree } from '../../output/preview.ts';
import { GENERATORS_FOLDER, isGeneratorName } from '../../repository/generators/definition.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { readPackageFolder } from '../../system/files/templates.ts';
import { display } from '../../text/display.ts';
import { EXAMPLES, FROM_EXAMPLE } from './examples.ts';

/** Where the schema of `generator.yaml` is put for editors. */
const SCHEMA = '.slipway/generator.schema.json';

/**
 * add generator: a generator of the team's own with a test case, as a start or from an example.
 * @throws UserError E_MISSING, E_NAME, E_USAGE, E_VALUE; E_EXISTS for one that is there
 */
export async function addTeamGenerator(session: Session, input: Input): Promise<number> {
  const name = requireName(input);
  const files = await openRepository(session, 'write');
  const folder = `${GENERATORS_FOLDER}/${name}`;
  if ((await files.list(folder)) !== undefined)
    throw new UserError('E_EXISTS', say('generators.isThere', { name }), {
      hint: say('generators.otherName'),
      subject: folder,
    });
  const changes = await planGenerator(session, files, { folder, example: requireExample(input) });
  await writeChanges(session, changes, { root: files.root, uncommitted: 'save' });
  showAdded(session, input, { name, folder, files, changes });
  return EXIT.done;
}

function requireName({ positionals: [, name], given }: Input): string {
  const foreign = given.find(flag => !['cwd', 'lang', 'deadline', 'jobs', FROM_EXAMPLE].includes(flag.name));
  if (foreign)
    throw new UserError('E_USAGE', say('add.doesNotGoAdd', { name: foreign.name, word: 'generator' }), {
      hint: say('add.takes', { value: `--${FROM_EXAMPLE}` }),
    });
  if (name === undefined)
    throw new UserError('E_MISSING', say('generators.nameMissing'), {
      hint: say('generators.makeOne'),
      missing: [{ flag: '<name>' }],
    });
  if (isGeneratorName(name)) return name;
  throw new UserError(
    'E_NAME',
    say('generators.answerMust', { text: display(name), expected: say('generators.aName') }),
    {
      subject: name,
    },
  );
}

function requireExample({ values }: Input): string {
  const wanted = values[FROM_EXAMPLE] ?? EXAMPLES[0];
  const known = EXAMPLES.find(each => each === wanted);
  if (known) return known;
  const expected = say('generators.oneOf', { words: EXAMPLES.join(', ') });
  throw new UserError('E_VALUE', say('generators.answerMust', { text: display(wanted), expected }), {
    flag: FROM_EXAMPLE,
  });
}

async function planGenerator(
  { t }: Session,
  files: RepositoryFiles,
  { folder, example }: { folder: string; example: string },
): Promise<ChangeSet> {
  const texts = await readPackageFolder(`templates/generators/${example}`);
  const why = t(say('generators.example', { example }));
  const copied = [...texts].map(([file, content]) => createFile({ path: `${folder}/${file}`, content, why }));
  const content = (await readPackageFolder('schemas')).get('generator.schema.json') ?? '';
  const before = await files.read(SCHEMA);
  const schema = { path: SCHEMA, content, why: t(say('generators.schema')) };
  return joinAll([
    ...copied,
    before === undefined ? createFile(schema) : updateFile({ ...schema, before, leftover: true }),
  ]);
}

type Added = { name: string; folder: string; files: RepositoryFiles; changes: ChangeSet };

function showAdded(session: Session, input: Input, { name, folder, files, changes }: Added): void {
  const { terminal, t, json, dryRun } = session;
  const next: NextStep[] = dryRun
    ? []
    : [
        ...goThere(session, input, files.root),
        { line: slipwayLine(session, ['new', name, '--help']) },
        { line: slipwayLine(session, ['check']) },
        ...commitStep(files, [folder, SCHEMA], `feat: generator ${name}`),
      ];
  const end = { next, command: sameAgain(session, 'add', input) };
  const body = {
    added: 'generator',
    generator: name,
    root: files.root,
    dryRun,
    changes: changesJson(changes),
  };
  if (json) return terminal.data(jsonDocument(1, body, end));
  const line = dryRun ? say('generators.wouldAdd', { folder }) : say('generators.added', { folder });
  terminal.result([
    ...(terminal.interactive ? [] : [...renderTree(changes, terminal), '']),
    terminal.style(t(line), 'green'),
    ...closingLines(session, end),
  ]);
}
