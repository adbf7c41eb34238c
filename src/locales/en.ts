import { add } from './en/add.ts';
import { ask } from './en/ask.ts';
import { charts } from './en/charts.ts';
import { check } from './en/check.ts';
import { cli } from './en/cli.ts';
import { diff } from './en/diff.ts';
import { doctor } from './en/doctor.ts';
import { init } from './en/init.ts';
import { mergeValues } from './en/merge-values.ts';
import { move } from './en/move.ts';
import { newApp } from './en/new-app.ts';
import { onboard } from './en/onboard.ts';
import { outdated } from './en/outdated.ts';
import { output } from './en/output.ts';
import { render } from './en/render.ts';
import { repository } from './en/repository.ts';
import { rules } from './en/rules.ts';
import { scaffold } from './en/scaffold.ts';
import { seal } from './en/seal.ts';
import { sealing } from './en/sealing.ts';
import { system } from './en/system.ts';
import { text } from './en/text.ts';
import { upgrade } from './en/upgrade.ts';
import { values } from './en/values.ts';
import { yaml } from './en/yaml.ts';

/** Every sentence in English, by key. A key that is missing in another language does not compile. */
export const en = {
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
};
