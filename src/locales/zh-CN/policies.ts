import type { Translated } from '../args.ts';
import type { policies as en } from '../en/policies.ts';

export const policies = {
  'policies.flag':
    '用仓库自己声明的策略检查渲染结果：policies/*.rego 用 conftest，Kyverno 策略和 ValidatingAdmissionPolicy 用 kyverno',
  'policies.noProgram': ({ command }) => `仓库声明了由 ${command} 运行的策略，但 PATH 上没有 ${command}`,
  'policies.installProgram': ({ command }) =>
    `请安装 ${command} 并放到 PATH 上，或去掉 --policies 再运行：尚未作任何判断。`,
  'policies.noReport': ({ command, reason }) => `${command} 没有给出报告：${reason}`,
  'policies.mendPolicies': ({ command }) => `请修正策略，直到 ${command} 接受：尚未作任何判断。`,
  'policies.unreadable': '无法作为文本读取',
  'policies.reachesOut':
    '它访问网络或环境（http.send、net.lookup_ip_addr、opa.runtime），仓库中的策略不允许这样做',
  'policies.isLink': '它是一个链接，链接所指的内容不会被读取',
  'policies.mendThis': '修正该策略，或将其移出 policies/；其他策略已在没有它的情况下运行',
  'policies.notRunHint': '请修正该策略，或把它移出 policies/；尚未运行任何策略。',
  'policies.matchedNothing': ({ name }) => `${name} 在这里没有匹配到任何对象：没有作出任何判断`,
  'policies.refused': '本仓库的策略拒绝它',
  'policies.followPolicy': '按策略的要求修改对象，或修改策略',
  'policies.giveValues': ({ values }) =>
    `在 ${values}（Kyverno 的 values 文件）中给出所需的值，或修正其匹配条件`,
  'policies.notOfShards': '--policies 判断整个仓库，不能与其中一份同时使用',
  'policies.wholeRun': '请在各份之外单独运行一次。',
  'policies.none': '仓库没有声明策略：没有按任何策略作出判断',
  'policies.asked': ({ count, objects }) => `已用仓库的 ${count} 个策略判断 ${objects} 个对象`,
  'policies.notJudged': ({ count }) => `策略有 ${count} 次表示无法判断`,
} satisfies Translated<typeof en>;
