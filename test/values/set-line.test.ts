import { expect, test } from 'vitest';
import { applySetLine } from '../../src/values/set-line.ts';

const set = (line: string, asText = false): unknown => {
  const values: Record<string, unknown> = { a: { b: ['x', { k: 'v' }] }, s: 'text' };
  return applySetLine(values, line, { asText }) ?? values;
};
const A = { b: ['x', { k: 'v' }] };

/** What helm itself gives for these. */
test.each([
  ['n=1,t=true,z=0,o=007,u=null,e=', { a: A, s: 'text', n: 1, t: true, z: 0, o: '007', u: null, e: '' }],
  ['a.b[0]=y', { a: { b: ['y', { k: 'v' }] }, s: 'text' }],
  ['a.b[1].k=w', { a: { b: ['x', { k: 'w' }] }, s: 'text' }],
  ['a.b[3]=y', { a: { b: ['x', { k: 'v' }, null, 'y'] }, s: 'text' }],
  ['l={a,1,true}', { a: A, s: 'text', l: ['a', 1, true] }],
  ['m[0][1]=x', { a: A, s: 'text', m: [[null, 'x']] }],
  ['d\\.e/f=a\\,b', { a: A, s: 'text', 'd.e/f': 'a,b' }],
])('%s', (line, wanted) => {
  expect(set(line)).toEqual(wanted);
});

test('a text stays one', () => {
  expect(set('n=1,l={1,2}', true)).toEqual({ a: A, s: 'text', n: '1', l: ['1', '2'] });
});

test.each([
  ['n', 'key "n" has no value'],
  ['s.x=1', '"s" is no map'],
  ['a[0]=1', 'an index of what is no list'],
  ['l[x]=1', '"x" is no index'],
  ['l[999999]=1', '"999999" is no index'],
  ['l={a', "list must terminate with '}'"],
  ['__proto__.x=1', 'key "__proto__" is none'],
  ['constructor.prototype.x=1', 'key "constructor" is none'],
  ['x.'.repeat(40), 'more than 30 names in each other'],
])('%s is wrong', (line, problem) => {
  expect(set(line)).toBe(problem);
});
