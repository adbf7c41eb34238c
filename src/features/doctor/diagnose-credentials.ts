import { delimiter, join } from 'node:path';
import { type HelmRepository, parseHelmRepositories, parseRegistryConfig } from '../../charts/credentials.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Text } from '../../text/language.ts';
import { display, displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { ConfigFile, CredentialFiles } from '../../system/tools/credentials.ts';
import type { Machine } from '../../system/files/machine.ts';
import { say } from '../../locales/say.ts';

type CredentialContext = {
  machine: Machine;
  read(): Promise<CredentialFiles>;
  exists(file: string): Promise<boolean>;
};

/** The logins that slipway would use, by name; never what they are. */
export async function lookAtCredentials(context: CredentialContext): Promise<Diagnosis[]> {
  try {
    const { repositories, registries } = await context.read();
    const found = await Promise.all([
      ...(repositories ? [lookAtRepositories(repositories)] : []),
      ...registries.map(file => lookAtRegistries(context, file)),
    ]);
    const all = [...found.flat(), ...tokens(context.machine)];
    return all.length > 0 ? all : [NONE];
  } catch (error) {
    return [unreadable(error)];
  }
}

const NONE: Diagnosis = {
  topic: 'credentials',
  status: 'ok',
  subject: say('doctor.subjectLogins'),
  message: say('doctor.noneMachine'),
};

function unreadable(error: unknown): Diagnosis {
  if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
  return {
    topic: 'credentials',
    status: 'problem',
    subject: error.subject ?? say('doctor.subjectLogins'),
    message: error.texts.message,
    hint: error.texts.hint ?? say('doctor.fixFile'),
  };
}

async function lookAtRepositories(file: ConfigFile): Promise<Diagnosis[]> {
  try {
    return parseHelmRepositories(file).map(describeRepository);
  } catch (error) {
    return [unreadable(error)];
  }
}

function describeRepository({ name, url, username, insecure }: HelmRepository): Diagnosis {
  const login: Text = username === '' ? say('doctor.noLogin') : say('doctor.login');
  const where = displayUrl(url);
  const base = {
    topic: 'credentials',
    subject: say('doctor.subjectHelmRepository', { name: display(name) }),
  } as const;
  if (!insecure)
    return {
      ...base,
      status: 'ok',
      message: say('doctor.loginAt', { where, login }),
    };
  return {
    ...base,
    status: 'note',
    message: say('doctor.insecureSkipTlsVerifyNot', { where, login }),
    hint: say('doctor.giveHelmCaCaFile'),
  };
}

async function lookAtRegistries(context: CredentialContext, file: ConfigFile): Promise<Diagnosis[]> {
  try {
    const { auths, credentialsStore, credentialHelpers } = parseRegistryConfig(file);
    const helpers = [
      ...new Set([...(credentialsStore ? [credentialsStore] : []), ...credentialHelpers.values()]),
    ];
    return [
      ...[...auths.keys()].map(host => describeLogin(host)),
      ...(await Promise.all(helpers.map(helper => lookAtHelper(context, helper)))),
    ];
  } catch (error) {
    return [unreadable(error)];
  }
}

function describeLogin(host: string): Diagnosis {
  return {
    topic: 'credentials',
    status: 'ok',
    subject: say('doctor.subjectRegistry', { host: display(host) }),
    message: say('doctor.login'),
  };
}

async function lookAtHelper({ machine, exists }: CredentialContext, helper: string): Promise<Diagnosis> {
  const program = `docker-credential-${helper}`;
  const folders = (machine.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  const found = await Promise.all(folders.map(folder => exists(join(folder, program))));
  const base = { topic: 'credentials', subject: display(program) } as const;
  if (found.includes(true))
    return {
      ...base,
      status: 'ok',
      message: say('doctor.keepsLoginsRegistries'),
    };
  return {
    ...base,
    status: 'problem',
    message: say('doctor.configuredKeepLoginsRegistriesNot'),
    hint: say('doctor.installTakeOutConfigJson'),
  };
}

const TOKENS = ['GITHUB_TOKEN', 'GH_TOKEN'];

function tokens({ env }: Machine): Diagnosis[] {
  return TOKENS.filter(name => env[name]).map(name => ({
    topic: 'credentials',
    status: 'ok',
    subject: name,
    message: say('doctor.setGithubReleases'),
  }));
}
