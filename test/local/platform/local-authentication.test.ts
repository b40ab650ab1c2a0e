import { createHmac } from 'node:crypto';
import { passwordLine } from '../../../local/platform/local-authentication';

/** The first block of PBKDF2, whose length is the hash's: written out, because Trino's Java knows one digest only. */
function firstBlock(password: string, salt: Buffer, iterations: number): Buffer {
  const hash = (data: Buffer) => createHmac('sha1', password).update(data).digest();
  let last = hash(Buffer.concat([salt, Buffer.from([0, 0, 0, 1])]));
  const block = Buffer.from(last);
  for (let count = 1; count < iterations; count++) {
    last = hash(last);
    last.forEach((byte, index) => (block[index] = (block[index] ?? 0) ^ byte));
  }
  return block;
}

test('a line of the password file is what Trino checks with PBKDF2WithHmacSHA1', () => {
  const [, name, iterations, salt = '', hash = ''] =
    /^(.*?):(\d+):([0-9a-f]+):([0-9a-f]+)\n$/.exec(passwordLine({ name: 'alice', password: "alice's" })) ?? [];
  expect(name).toBe('alice');
  const expected = firstBlock("alice's", Buffer.from(salt, 'hex'), Number(iterations));
  expect(hash.slice(0, 40)).toBe(expected.toString('hex'));
});
