// Makes the cipher fail with the value in its message, as a library with too much to say might.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

crypto.createCipheriv = () => ({
  /** @param {Buffer} value */
  update: value => {
    throw new Error(`cannot encrypt ${value.toString('utf8')}, that is ${value.toString('base64')}`);
  },
});
syncBuiltinESMExports();
