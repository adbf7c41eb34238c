import assert from 'node:assert';
import { parseChallenge } from '../../../src/system/oci/oci-token.ts';
import { seedFiles, type Target } from '../target.ts';

export const ociChallenge: Target = {
  about: 'a WWW-Authenticate header: a challenge that we can answer, or none',
  seeds: seedFiles('oci-challenge'),
  run(input) {
    // Node.js hands a header over as Latin-1, and takes 16 KiB of them at most.
    const challenge = parseChallenge(input.toString('latin1').slice(0, 16 << 10));
    if (challenge?.scheme !== 'bearer') return;
    assert.ok(challenge.realm !== '');
    assert.ok(['string', 'undefined'].includes(typeof challenge.service));
  },
};
