import assert from 'node:assert';
import { parseConfiguration } from '../../../src/repository/configuration.ts';
import {
  parseDomains,
  parseEmail,
  parseEnvironments,
  parseMirror,
  parseRepoUrl,
} from '../../../src/features/init/parse-answers.ts';
import { parsePlan } from '../../../src/features/upgrade/parse-plan.ts';
import { readAnswers } from '../../../src/values/read-answers.ts';
import { UserError } from '../../../src/errors.ts';
import { seedFiles, type Target } from '../target.ts';

export const plan: Target = {
  about: 'a plan file of an upgrade: complete moves, or refused',
  seeds: seedFiles('plan'),
  run(input) {
    const { moves, inputs } = parsePlan(input.toString(), 'plan.json');
    for (const { use, ...texts } of moves) {
      assert.ok(['number', 'string'].includes(typeof use));
      for (const text of Object.values(texts)) assert.strictEqual(typeof text, 'string');
    }
    for (const hash of Object.values(inputs)) assert.strictEqual(typeof hash, 'string');
  },
};

export const answers: Target = {
  about: 'answers to decisions, and those that init asks for: one of the known ones, or refused',
  seeds: seedFiles('answers'),
  run(input) {
    const text = input.toString();
    for (const parse of [parseEnvironments, parseDomains, parseMirror, parseRepoUrl])
      refusable(() => assert.doesNotMatch([parse(text)].flat().join(''), /[\s"'\\\0]/));
    refusable(() => assert.doesNotMatch(parseEmail(text), /[\s"<>]/));
    for (const answer of Object.values(readAnswers(text, 'answers.yaml')))
      if (typeof answer === 'object') assert.deepStrictEqual(Object.keys(answer), ['value']);
      else assert.ok(['ours', 'theirs', 'merged'].includes(answer));
  },
};

export const configuration: Target = {
  about: "a repository's configuration: known keys with values of their type, or refused",
  seeds: seedFiles('configuration'),
  run(input) {
    const read = parseConfiguration(input.toString());
    for (const list of [read.environments, read.domains, read.storageClasses])
      for (const item of list ?? []) assert.strictEqual(typeof item, 'string');
    for (const pattern of Object.values(read.hostPatterns ?? {}))
      assert.strictEqual(typeof pattern, 'string');
    if (read.minimumAge !== undefined) assert.ok(read.minimumAge >= 0 && read.minimumAge <= 365);
    assert.strictEqual(Object.getPrototypeOf(read), Object.prototype);
  },
};

function refusable(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}
