import { add } from './zh-CN/add.ts';
import { ask } from './zh-CN/ask.ts';
import { charts } from './zh-CN/charts.ts';
import { check } from './zh-CN/check.ts';
import { cli } from './zh-CN/cli.ts';
import { diff } from './zh-CN/diff.ts';
import { doctor } from './zh-CN/doctor.ts';
import { init } from './zh-CN/init.ts';
import { mergeValues } from './zh-CN/merge-values.ts';
import { move } from './zh-CN/move.ts';
import { newApp } from './zh-CN/new-app.ts';
import { onboard } from './zh-CN/onboard.ts';
import { outdated } from './zh-CN/outdated.ts';
import { output } from './zh-CN/output.ts';
import { render } from './zh-CN/render.ts';
import { repository } from './zh-CN/repository.ts';
import { rules } from './zh-CN/rules.ts';
import { scaffold } from './zh-CN/scaffold.ts';
import { seal } from './zh-CN/seal.ts';
import { sealing } from './zh-CN/sealing.ts';
import { system } from './zh-CN/system.ts';
import { text } from './zh-CN/text.ts';
import { upgrade } from './zh-CN/upgrade.ts';
import { values } from './zh-CN/values.ts';
import { yaml } from './zh-CN/yaml.ts';
import type { Translated } from './args.ts';
import type { en } from './en.ts';

/** 每一句话的简体中文。 */
export const zhCN = {
  ...add,
  ...ask,
  ...charts,
  ...check,
  ...cli,
  ...diff,
  ...doctor,
  ...init,
  ...mergeValues,
  ...move,
  ...newApp,
  ...onboard,
  ...outdated,
  ...output,
  ...render,
  ...repository,
  ...rules,
  ...scaffold,
  ...seal,
  ...sealing,
  ...system,
  ...text,
  ...upgrade,
  ...values,
  ...yaml,
} satisfies Translated<typeof en>;
