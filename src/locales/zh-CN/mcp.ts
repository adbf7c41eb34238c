import type { Translated } from '../args.ts';
import type { mcp as en } from '../en/mcp.ts';

export const mcp = {
  'mcp.allow': '同时提供 apply 与 undo；unattended：不询问任何人（默认不能写入）',
  'mcp.allowWhat': '请使用 --allow write 或 --allow write,unattended。',
  'mcp.applyIt': '请用其 planId 调用 apply，或另做计划。',
  'mcp.changedSince': '计划之后，仓库或查询到的内容已有变化',
  'mcp.giveRepo': '请同时给出 repo，或用 find_chart 查找。',
  'mcp.insideOnly': '请给出本仓库中的名称：应用、chart、主机名。不能给出文件。',
  'mcp.knownTools': ({ names }) => `可用的有：${names}。`,
  'mcp.leadsOut': ({ value }) => `${value} 指向仓库之外`,
  'mcp.noCursor': '没有答案在此游标处继续',
  'mcp.noPlan': '本次会话没有这个 id 的计划',
  'mcp.nobodyToAsk': '无法询问是否写入：客户端不接受提问',
  'mcp.noSuchTool': ({ name }) => `没有工具 ${name}`,
  'mcp.notAllowed': ({ word }) => `--allow 不认识 ${word}`,
  'mcp.notOneChart': ({ name, count }) => `有 ${count} 个在用的仓库含有 chart ${name}`,
  'mcp.nothingAsked': '该计划没有需要回答的决定',
  'mcp.planAgain': '请重新计划，并查看现在的结果。',
  'mcp.planFirst': '请先计划：每个 plan_* 工具都会给出 planId。',
  'mcp.runInShell': ({ line }) => `请由人在 shell 中运行：${line}`,
  'mcp.startWithout': ({ flag }) => `启动时请去掉 ${flag}。`,
  'mcp.summary': '通过 Model Context Protocol 把本仓库提供给 AI 代理',
  'mcp.takesNo': ({ flag }) => `mcp 不接受 ${flag}：它在标准输出上使用自己的协议，且每个计划都是试运行`,
  'mcp.tools': '只提供这些工具',
  'mcp.unattendedAlone': '单独的 --allow unattended 不起作用：它只免去 write 所需的询问',
} satisfies Translated<typeof en>;
