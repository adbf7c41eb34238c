import { tmpdir } from 'node:os';
import { displayBlock, display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { parseJson } from '../../data/json.ts';
import { runProgram } from './process.ts';
import { say } from '../../locales/say.ts';

export type KubectlOptions = { env: Record<string, string | undefined>; signal: AbortSignal };

/** Where the Sealed Secrets controller answers. */
export type Controller = { namespace: string; name: string };

const TIMEOUT_MS = 30_000;
const MAX_OUTPUT_BYTES = 1 << 20;

/**
 * The certificate of the controller in the current cluster, through the API server's proxy, as kubeseal asks for it.
 * @throws UserError E_TOOL with kubectl's own reason
 */
export async function fetchClusterCertificate(
  controller: Controller,
  options: KubectlOptions,
): Promise<Buffer> {
  const services = `/api/v1/namespaces/${controller.namespace}/services`;
  const service = await getRaw(`${services}/${controller.name}`, options);
  const port = firstPortName(parseJson(service.toString('utf8')));
  return getRaw(`${services}/http:${controller.name}:${port}/proxy/v1/cert.pem`, options);
}

/** kubectl of PATH, or the one that the person names; never one that a repository names. */
export function kubectlCommand(env: KubectlOptions['env']): string {
  return env['SLIPWAY_KUBECTL'] ?? 'kubectl';
}

async function getRaw(path: string, { env, signal }: KubectlOptions): Promise<Buffer> {
  const command = kubectlCommand(env);
  const args = ['get', '--raw', path];
  const { code, stdout, stderr } = await runProgram({
    command,
    args,
    kind: 'login',
    env,
    cwd: tmpdir(),
    signal,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_OUTPUT_BYTES,
  });
  if (code === 0) return stdout;
  const reason = displayBlock(stderr).trim().split('\n').at(-1) ?? '';
  throw new UserError(
    'E_TOOL',
    say('system.kubectlGetRawFailed', { reason: display(reason) || `exit code ${code}` }),
    {
      hint: say('system.lookCurrentContextControllerNamespace'),
      subject: command,
    },
  );
}

/** The chart names the port `http`, the release manifest leaves it without a name. */
function firstPortName(service: unknown): string {
  const { spec } = Object(service) as { spec?: { ports?: { name?: unknown }[] } };
  const name = spec?.ports?.[0]?.name;
  return typeof name === 'string' && /^[a-z0-9-]*$/.test(name) ? name : '';
}
