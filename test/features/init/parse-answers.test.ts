import { expect, test } from 'vitest';
import { parseEmail, parseRepoUrl } from '../../../src/features/init/parse-answers.ts';

const HIDDEN = ['\0', '\u001b', '\u007f', '\u202e', '\u200b'];

test.each(HIDDEN)('H03 %j is in no address', mark => {
  const refused = expect.objectContaining({ code: 'E_VALUE' });
  expect(() => parseRepoUrl(`git@git.example.org:team/fl${mark}eet.git`)).toThrow(refused);
  expect(() => parseRepoUrl(`https://git.example.org/fl${mark}eet.git`)).toThrow(refused);
  expect(() => parseEmail(`ops${mark}@example.org`)).toThrow(refused);
});

test('plain addresses are taken as they are', () => {
  expect(parseRepoUrl('git@git.example.org:team/fleet.git')).toBe('git@git.example.org:team/fleet.git');
  expect(parseEmail("o'hara@example.org")).toBe("o'hara@example.org");
});
