import { UserError } from '../errors.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';

const MAX_LENGTH = 2048;
const SCHEME = /^(?:https?|oci):\/\/(?=[^/?#])/;
// What URL parsers silently drop, encode or turn around.
const AMBIGUOUS = /[\u0000-\u0020\u007f-\u00a0\\]/;

/** Why a text cannot be the address of a chart repository; undefined if it can. The answer repeats nothing of the text. */
export function repositoryUrlProblem(url: string): Text | undefined {
  if (url.length > MAX_LENGTH)
    return { en: `it is longer than ${MAX_LENGTH} characters`, 'zh-CN': `超过 ${MAX_LENGTH} 个字符` };
  if (AMBIGUOUS.test(url))
    return {
      en: 'it holds a space or another character that no address may hold',
      'zh-CN': '含有空格或地址中不允许的字符',
    };
  if (!SCHEME.test(url))
    return {
      en: 'it does not begin with https://, http:// or oci:// and a host',
      'zh-CN': '不是以 https://、http:// 或 oci:// 加主机名开头',
    };
  // Of `oci:` a URL parser knows no rules of its own.
  const asHttp = url.replace(/^oci:/, 'https:');
  if (!URL.canParse(asHttp)) return { en: 'it cannot be read as a URL', 'zh-CN': '无法解析为 URL' };
  const { username, password } = new URL(asHttp);
  if (username !== '' || password !== '')
    return {
      en: 'it holds a login, which everybody who reads the repository would know',
      'zh-CN': '含有登录信息，能读取本仓库的人都会看到',
    };
  return undefined;
}

/**
 * The address of a repository, as it is.
 * @throws UserError E_REPOSITORY, without the address: it may hold a password
 */
export function requireRepositoryUrl(url: string, chart: string): string {
  const problem = repositoryUrlProblem(url);
  if (problem === undefined) return url;
  throw new UserError('E_REPOSITORY', `the repository of ${display(chart)} is no address: ${problem.en}`, {
    hint: 'Write https://HOST/PATH or oci://HOST/PATH; a login belongs to helm repo add or helm registry login.',
    subject: display(chart),
  });
}
