import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type Answer,
  answerOf,
  comparable,
  readSetRepository,
  readSets,
  SETS,
} from '../support/expanded-sets.ts';
import { findTool } from '../support/tools.js';

/**
 * What each set of `test/fixtures/application-sets` makes: Argo CD's own code against what is recorded of it there, and against ours.
 * Gives a line for each that differs.
 */
export function judgeSets(home: string, say: (line: string) => void): string[] {
  const sets = readSets();
  const recorded = JSON.parse(readFileSync(path.join(SETS, 'expected.json'), 'utf8')) as Record<
    string,
    Answer
  >;
  const repository = readSetRepository(sets.values());
  const answers = askArgo(home, [...sets.keys()]);
  const wrong = [...sets].flatMap(([name, set]) => {
    const theirs = JSON.stringify(comparable(answers.get(name) ?? { applications: [] }));
    const kept = JSON.stringify(comparable(recorded[name] ?? { applications: [] }));
    const own = JSON.stringify(comparable(answerOf(set, repository)));
    return [
      ...(kept === theirs ? [] : [`${name}: Argo CD ${theirs}, recorded ${kept}`]),
      ...(own === theirs ? [] : [`${name}: Argo CD ${theirs}, slipway ${own}`]),
    ];
  });
  say(`${sets.size} ApplicationSets: ${wrong.length} read otherwise than Argo CD does`);
  return wrong;
}

function askArgo(home: string, names: readonly string[]): Map<string, Answer> {
  const root = path.join(home, 'sets');
  cpSync(path.join(SETS, 'repository'), root, { recursive: true });
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
  ])
    execFileSync('git', args, { cwd: root });
  const files = names.map(name => path.join(SETS, 'sets', `${name}.yaml`));
  const lines = execFileSync(findTool('appset') ?? 'appset', [root, ...files], { encoding: 'utf8' });
  return new Map(
    lines
      .trimEnd()
      .split('\n')
      .map((line, index) => [names[index] ?? '', JSON.parse(line) as Answer]),
  );
}
