import { expect, test } from 'vitest';
import { parseDomains, parseEmail, parseRepoUrl } from '../../../src/features/init/parse-answers.ts';

const HIDDEN = ['\0', '\u001b', '\u007f', '\u202e', '\u200b'];

test.each(HIDDEN)('H03 %j is in no address', mark => {
  const refused = expect.objectContaining({ code: 'E_VALUE' });
  expect(() => parseRepoUrl(`git@git.example.org:team/fl${mark}eet.git`)).toThrow(refused);
  expect(() => parseRepoUrl(`https://git.example.org/fl${mark}eet.git`)).toThrow(refused);
  expect(() => parseEmail(`ops${mark}@example.org`)).toThrow(refused);
});

test('as many domains as a Gateway has listeners for', () => {
  const domains = (count: number): string =>
    Array.from({ length: count }, (_, index) => `d${index}.example.org`).join(',');
  expect(parseDomains(domains(31))).toHaveLength(31);
  const refused = expect.objectContaining({
    code: 'E_VALUE',
    message: expect.stringContaining('64 listeners'),
  });
  expect(() => parseDomains(domains(32))).toThrow(refused);
});

test('plain addresses are taken as they are', () => {
  expect(parseRepoUrl('git@git.example.org:team/fleet.git')).toBe('git@git.example.org:team/fleet.git');
  expect(parseEmail("o'hara@example.org")).toBe("o'hara@example.org");
});
