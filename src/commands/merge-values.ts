import path from 'node:path';
import type { Command } from '../cli.ts';
import { renderSummary } from '../domain/values/summary.ts';
import { EXIT, UserError } from '../errors.ts';
import type { Input } from '../flags.ts';
import { readNamedFile, writeNamedFile } from '../io/named-files.ts';
import type { Session } from '../session.ts';
import {
  mergeForGit,
  mergeValuesFiles,
  type ValuesFiles,
  type ValuesPaths,
} from '../use-cases/merge-values.ts';

export const command: Command = {
  usage: '--base <file> --ours <file> --theirs <file> | --git %O %A %B',
  maxPositionals: 3,
  flags: {
    base: { value: '<file>', help: { en: "the chart's old default values", 'zh-CN': 'chart 的旧默认值' } },
    ours: { value: '<file>', help: { en: "the team's edited copy of them", 'zh-CN': '团队编辑过的副本' } },
    theirs: { value: '<file>', help: { en: "the chart's new default values", 'zh-CN': 'chart 的新默认值' } },
    decisions: {
      value: '<file>',
      help: { en: 'answers to decisions, by id (YAML or JSON)', 'zh-CN': '按 id 给出的决定（YAML 或 JSON）' },
    },
    git: {
      help: {
        en: 'git merge driver: takes %O %A %B, writes %A',
        'zh-CN': '作为 git merge driver：参数 %O %A %B，写入 %A',
      },
    },
    'marker-free': {
      help: {
        en: 'with --git: no comment above what is left to decide',
        'zh-CN': '与 --git 一起使用：不在待决定处添加注释',
      },
    },
  },
  examples: [
    'slipway merge-values --base old.yaml --ours values.yaml --theirs new.yaml > merged.yaml',
    "git config merge.slipway-values.driver 'slipway merge-values --git %O %A %B'",
  ],
  async run(session, input) {
    const git = input.switches.has('git');
    const markerFree = input.switches.has('marker-free');
    const [files, paths] = [filesIn(session), pathsOf(input)];
    const migration = git
      ? await mergeForGit(files, paths, { markerFree })
      : await mergeValuesFiles(files, paths);
    if (session.json) session.terminal.result(JSON.stringify({ schemaVersion: 1, ...migration }));
    else {
      if (!git) session.terminal.content(migration.text);
      session.terminal.say(renderSummary(migration, session.t));
    }
    return migration.decisions.length > 0 ? EXIT.decisions : EXIT.done;
  },
};

function filesIn({ cwd }: Session): ValuesFiles {
  return {
    read: file => readNamedFile(path.resolve(cwd, file)),
    write: (file, text) => writeNamedFile(path.resolve(cwd, file), text),
  };
}

function pathsOf({ switches, positionals, values }: Input): ValuesPaths {
  const git = switches.has('git');
  const [base, ours, theirs] = git ? positionals : [values['base'], values['ours'], values['theirs']];
  if (base === undefined || ours === undefined || theirs === undefined) throw missing(git, values);
  return { base, ours, theirs, decisions: values['decisions'] };
}

function missing(git: boolean, values: Input['values']): UserError {
  if (git) return new UserError('E_MISSING', '--git needs three files: %O %A %B');
  const flags = ['base', 'ours', 'theirs'].filter(name => values[name] === undefined);
  return new UserError('E_MISSING', `missing ${flags.map(name => `--${name}`).join(', ')}`, {
    hint: 'slipway merge-values --base old.yaml --ours values.yaml --theirs new.yaml',
  });
}
