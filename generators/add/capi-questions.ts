import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import { parseAppName } from '../../src/repository/names.ts';
import { parsePool } from '../../src/scaffold/capi/class-cluster.ts';
import { display } from '../../src/text/display.ts';
import { APP_QUESTIONS } from '../new-app/questions.ts';
import type { Question } from '../question.ts';

/** What `add cluster --capi` asks. */
export const CAPI_QUESTIONS = {
  name: {
    flag: 'app',
    value: '<cluster>',
    positional: true,
    help: say('capi.name'),
    parse: parseAppName,
  },
  env: APP_QUESTIONS.env,
  class: {
    flag: 'class',
    value: '<name>',
    help: say('capi.class'),
    notWith: [{ flag: 'from-template' }],
  },
  template: { flag: 'from-template', value: '<file>', help: say('capi.template') },
  kubernetes: {
    flag: 'kubernetes',
    value: '<version>',
    help: say('capi.kubernetes'),
    parse: exactVersion,
  },
  controlPlane: {
    flag: 'control-plane',
    value: '<count>',
    help: say('capi.controlPlane'),
    parse: oddCount,
  },
  workers: {
    flag: 'workers',
    value: '<name=count>',
    repeatable: true,
    help: say('capi.workers'),
    parse: text => (/^\d{1,5}$/.test(text) ? text : (parsePool(text), text)),
  },
  variable: {
    flag: 'var',
    value: '<name=value>',
    repeatable: true,
    help: say('capi.variable'),
    parse: text => (parseVariable(text), text),
  },
  addons: {
    flag: 'addons',
    value: '<chart,…|none>',
    help: say('capi.addons'),
  },
} as const satisfies Record<string, Question>;

/** @throws UserError E_VALUE for what is not one version of Kubernetes */
function exactVersion(text: string): string {
  if (/^v1\.\d{1,3}\.\d{1,3}$/.test(text)) return text;
  throw new UserError('E_VALUE', say('capi.noVersion', { text: display(text) }), {
    hint: say('capi.versionForm'),
  });
}

/** etcd needs a majority: Cluster API refuses an even number. */
function oddCount(text: string): string {
  if (/^\d{1,2}$/.test(text) && Number(text) % 2 === 1) return text;
  throw new UserError('E_VALUE', say('capi.noOddCount', { text: display(text) }), {
    hint: say('capi.oddCountForm'),
  });
}

/** @throws UserError E_VALUE */
export function parseVariable(text: string): [string, string] {
  const [, name, value] = /^([A-Za-z_][\w.-]{0,200})=([^]*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new UserError('E_VALUE', say('capi.noVariable', { text: display(text) }), {
    hint: say('capi.variableForm'),
  });
}
