import { join } from 'node:path';
import { pythonWith } from '../../local/python';
import { describeWithEmulator, PATIENCE } from './support/emulated-workspace';

const EMULATOR = join(__dirname, '../../local/emulator');

describeWithEmulator('the gap layer of the emulator', () => {
  test(
    "keeps its own promises, in Python's test runner",
    async () => {
      const { execa } = await import('execa');
      const python = await pythonWith(join(EMULATOR, 'requirements.txt'), () => undefined);
      const discover = ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'];
      const { exitCode, stderr } = await execa(python, discover, { cwd: EMULATOR, reject: false });
      expect(stderr).toMatch(/^Ran \d{3} tests/m);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    },
    PATIENCE,
  );
});
