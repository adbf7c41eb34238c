import { expect, test } from 'vitest';
import { createRedactor } from '../../src/text/redaction.ts';

const SECRET = 'p"ä$$ w\\rd/ canary';

test.each([
  ['as it is', SECRET],
  ['in JSON', JSON.stringify({ a: SECRET })],
  ['in a URL', `https://x.example/?p=${encodeURIComponent(SECRET)}`],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in base64 without padding', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
  ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
  ['in hexadecimal', Buffer.from(SECRET).toString('hex')],
  ['with the newline that was typed behind it', `${SECRET}\n`],
])('a hidden value %s', (_, shown) => {
  const { hide, clean } = createRedactor();
  hide(Buffer.from(`${SECRET}\n`));
  hide(Buffer.from(SECRET));
  const cleaned = clean(`error: ${shown} is wrong`);
  expect(cleaned).toContain('[redacted]');
  expect(cleaned).not.toMatch(/canary|Y2FuYXJ5/);
});

test('a line of a longer value', () => {
  const { hide, clean } = createRedactor();
  hide(Buffer.from('-----BEGIN KEY-----\n  MIIEcanarycanary\n-----END KEY-----\n'));
  expect(clean('unexpected MIIEcanarycanary')).toBe('unexpected [redacted]');
});

test('bytes that are no text', () => {
  const { hide, clean } = createRedactor();
  const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x99]);
  hide(bytes);
  expect(clean(`${bytes.toString('hex')} ${bytes.toString('base64')}`)).toBe('[redacted] [redacted]');
});

test('very short values do not take words apart, and nothing hidden changes nothing', () => {
  const { hide, clean } = createRedactor();
  expect(clean('plain words')).toBe('plain words');
  hide(Buffer.from('a'));
  expect(clean('plain words')).toBe('plain words');
});
