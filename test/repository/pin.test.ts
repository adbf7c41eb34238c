import { expect, test } from 'vitest';
import { pinReason } from '../../src/repository/pin.ts';

test.each([
  [
    '# Overleaf upstream requires MongoDB 6, so PIN this version',
    'Overleaf upstream requires MongoDB 6, so PIN this version',
  ],
  ['# pinned until the operator supports 17', 'pinned until the operator supports 17'],
  ['#Pin: see issue 12', 'Pin: see issue 12'],
  ['# 固定版本，等待上游修复 ', '固定版本，等待上游修复'],
  ['## 锁定', '锁定'],
  ['暂时不升级', '暂时不升级'],
  ['# 请pin住', '请pin住'],
])('%s holds the chart', (comment, reason) => {
  expect(pinReason(comment)).toBe(reason);
});

test.each(['# stopping here, spinning up', '# ping the owner', '# unpinned', '# 升级到 17', '', undefined])(
  '%s does not',
  comment => {
    expect(pinReason(comment)).toBeUndefined();
  },
);
