import {
  parseAppName,
  parsePort,
  parseReleaseName,
  parseSecret,
  parseServicePort,
  parseStorage,
} from '../../src/repository/names.ts';
import { parseImage } from '../../src/repository/image.ts';
import { parseManifestUrl } from '../../src/charts/manifest-url.ts';
import { UserError } from '../../src/errors.ts';
import type { Question } from '../question.ts';

/** Everything that `new-app` may need to know. The name is the command's argument, the rest are flags. */
export const APP_QUESTIONS = {
  name: {
    flag: 'name',
    value: '<name>',
    positional: true,
    help: { en: 'folder, app and namespace name', 'zh-CN': '目录名，也是应用名和命名空间' },
    message: { en: 'Name of the app (also its namespace)', 'zh-CN': '应用名（也是命名空间）' },
    parse: parseAppName,
  },
  env: {
    flag: 'env',
    value: '<folder>',
    help: { en: 'environment, such as production', 'zh-CN': '环境，例如 production' },
    message: { en: 'Environment', 'zh-CN': '环境' },
  },
  chart: {
    flag: 'chart',
    value: '<name|oci://…|path>',
    repeatable: true,
    help: {
      en: 'a Helm chart; several make one app, and --repo, --version, --release belong to the --chart before them',
      'zh-CN': 'Helm chart；可多次给出以放入同一应用，--repo、--version、--release 属于其前面的 --chart',
    },
    message: { en: 'Which chart? Type to search', 'zh-CN': '使用哪个 chart？输入以搜索' },
  },
  repo: {
    flag: 'repo',
    value: '<url|alias>',
    repeatable: true,
    help: { en: 'the chart repository', 'zh-CN': 'chart 仓库' },
    message: { en: 'Several repositories have it. Which one?', 'zh-CN': '多个仓库都有它，用哪一个？' },
  },
  version: {
    flag: 'version',
    value: '<exact|range>',
    repeatable: true,
    help: { en: 'an exact version or a Helm range', 'zh-CN': '确切版本或 Helm 版本范围' },
    message: { en: 'Version', 'zh-CN': '版本' },
  },
  release: {
    flag: 'release',
    value: '<name>',
    repeatable: true,
    help: { en: 'Helm release name', 'zh-CN': 'Helm release 名' },
    message: { en: 'Release name', 'zh-CN': 'Release 名' },
    parse: parseReleaseName,
  },
  image: {
    flag: 'image',
    value: '<image>',
    help: { en: 'a container image instead of a chart', 'zh-CN': '用容器镜像代替 chart' },
    message: { en: 'Image with tag', 'zh-CN': '镜像（带标签）' },
    parse: pinnedImage,
  },
  port: {
    flag: 'port',
    value: '<number>',
    help: { en: 'the port that the image listens on', 'zh-CN': '镜像监听的端口' },
    message: { en: 'Port that it listens on', 'zh-CN': '监听端口' },
    parse: text => String(parsePort(text)),
  },
  storage: {
    flag: 'storage',
    value: '<class:size>',
    help: {
      en: 'a volume for the image, such as ceph-block:10Gi',
      'zh-CN': '镜像的存储卷，例如 ceph-block:10Gi',
    },
    message: { en: 'Storage, class:size (empty for none)', 'zh-CN': '存储，class:size（留空表示不要）' },
    parse: text => (text === '' ? '' : text && (parseStorage(text), text)),
  },
  mount: {
    flag: 'mount',
    value: '<path>',
    help: { en: 'where the volume is mounted (default /data)', 'zh-CN': '存储卷的挂载路径（默认 /data）' },
    message: { en: 'Mount path', 'zh-CN': '挂载路径' },
    parse: absolutePath,
  },
  probe: {
    flag: 'probe',
    value: '<path>',
    help: { en: 'HTTP path for readiness and liveness probes', 'zh-CN': '就绪与存活探针的 HTTP 路径' },
    parse: absolutePath,
  },
  manifest: {
    flag: 'manifest',
    value: '<url>',
    help: {
      en: 'an upstream manifest of one release instead of a chart',
      'zh-CN': '用上游某个发布版的清单代替 chart',
    },
    message: { en: 'URL of the manifest of a release', 'zh-CN': '某个发布版的清单 URL' },
    parse: text => parseManifestUrl(text).url,
  },
  route: {
    flag: 'route',
    value: '<own|chart|tls|none>',
    help: {
      en: 'an HTTPRoute of our own, the chart’s own route values, a TLS passthrough route, or none',
      'zh-CN': '自建 HTTPRoute、chart 自带的路由配置、TLS 透传路由，或不要路由',
    },
    message: { en: 'How is it reached from outside?', 'zh-CN': '如何从外部访问？' },
  },
  host: {
    flag: 'host',
    value: '<label|host>',
    repeatable: true,
    help: {
      en: 'first label of the host names, or a whole host name',
      'zh-CN': '主机名的第一段，或完整主机名',
    },
    message: {
      en: 'Host names (labels or whole names, separated by commas)',
      'zh-CN': '主机名（首段或完整名称，以逗号分隔）',
    },
  },
  service: {
    flag: 'service',
    value: '<name:port>',
    help: { en: 'the Service behind the route', 'zh-CN': '路由指向的 Service' },
    message: { en: 'Service behind the route', 'zh-CN': '路由指向的 Service' },
    parse: text => (parseServicePort(text), text),
  },
  secret: {
    flag: 'secret',
    value: '<name:key,key>',
    repeatable: true,
    help: { en: 'a SealedSecret stub with these keys', 'zh-CN': '含这些键的 SealedSecret 占位文件' },
    message: {
      en: 'Secrets to prepare, name:key,key separated by spaces (empty for none)',
      'zh-CN': '要准备的 Secret，name:key,key，以空格分隔（留空表示不要）',
    },
    parse: secretList,
  },
} as const satisfies Record<string, Question>;

/** Without a tag or digest an image is not pinned. */
function pinnedImage(text: string): string {
  const image = parseImage(text);
  if ((image.tag === undefined || image.tag === 'latest') && image.digest === undefined)
    throw new UserError('E_UNPINNED', `the image ${text} has no fixed tag, so its content can change`, {
      hint: 'Name a version: <image>:<tag>, or a digest.',
    });
  return text;
}

function absolutePath(text: string): string {
  if (/^\/[A-Za-z0-9._/-]*$/.test(text) && !text.split('/').includes('..')) return text;
  throw new UserError('E_VALUE', 'a path must be absolute, of letters, digits, ".", "_", "-" and "/"');
}

function secretList(text: string): string {
  for (const secret of text.split(/\s+/).filter(part => part !== '')) parseSecret(secret);
  return text.trim();
}
