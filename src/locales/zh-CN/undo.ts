import type { Translated } from '../args.ts';
import type { undo as en } from '../en/undo.ts';

export const undo = {
  'undo.answerNone': ({ file, id }) => `${file}：${id} 的答案既不是 ours 也不是 theirs`,
  'undo.answerWith':
    '把每个路径写入一个文件，取值为 ours（现在的内容）或 theirs（运行之前的内容），然后加上 --decisions FILE 再运行一次',
  'undo.asBefore': '恢复为运行之前的内容',
  'undo.decide': ({ count }) => `${count} 个文件在运行之后又被改动，且改的是同一处。没有写入任何内容。`,
  'undo.decisions': '决定的答案：YAML 映射，路径对应 ours（现在的内容）或 theirs（运行之前的内容）',
  'undo.editedSince': '由那次运行创建，之后又被改动',
  'undo.files': ({ count }) => `${count} 个路径`,
  'undo.folderChanged': '其中的内容已经不同',
  'undo.goneSince': '由那次运行写入，之后被删除',
  'undo.isAsBefore': ({ line }) => `一切都与 ${line} 之前相同：无需写入`,
  'undo.isCommitted': ({ commit }) =>
    `被撤销的内容已经提交：如果该提交不含其他内容，git revert ${commit} 效果相同。`,
  'undo.keepNow': '保留现在的内容',
  'undo.left': ({ path, why }) => `${path} 保留：${why}`,
  'undo.list': '列出可以撤销的运行，最近的在前',
  'undo.madeAnewSince': '被那次运行删除，之后该处又有了内容',
  'undo.noSuchRun': ({ run }) => `没有可以撤销的运行 ${run}`,
  'undo.nothingToUndo': '没有可以撤销的运行',
  'undo.question': '撤销这些改动吗？',
  'undo.redo': '如需重新得到这些改动：',
  'undo.sameLinesSince': '同样的行之后又被改动',
  'undo.seeList': '请看 slipway undo --list。',
  'undo.stays': '集群已做的改变不会撤回',
  'undo.summary': '撤销一次运行写入的内容，保留之后的改动',
  'undo.takeBefore': '运行之前的内容',
  'undo.toUndo': '撤销这些文件',
  'undo.undoes': ({ line, time }) => `撤销 ${time} 的 ${line}`,
  'undo.undone': ({ line, count }) => `已撤销 ${line}：${count} 个文件`,
  'undo.usage': '[运行]',
  'undo.whatIsKept': '在这台机器上，此工作目录最近 20 次写入的运行可以撤销。',
  'undo.would': ({ line, count }) => `将撤销 ${line}：${count} 个文件`,
} satisfies Translated<typeof en>;
