import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CONFIG_DIRECTORY, resolvesEnvironment, type SecretFile, SECRET_FILES_DIRECTORY } from '../../lib/trino';

/** A value that every secret may have, and what Terraform knows later. */
const ANY_TEXT = 'stand-in';

/** Secrets of which Trino reads more than that they are there, by the name of their file. */
const SECRET_TEXTS: Readonly<Record<string, string>> = {
  'password.db': 'anna:$2y$10$BqTb8hScP5DfcpmHo5PeyugxHz5Ky/qf3wrpD7SNm8sWuA3VlGqsa\n',
  'group.db': 'analysts:anna\n',
};

/** Properties that are secrets as a whole and must have a form. */
const SECRET_FORMS: readonly (readonly [RegExp, string])[] = [
  [/^(mysql-event-listener\.db\.url=)\$\{ENV:[^}]*\}/gm, '$1jdbc:mysql://stand-in:3306/stand-in?user=a&password=b'],
];

/** The files of one node on this machine's disk: as Trino reads them, but for places and secrets. */
export interface NodeFolder {
  readonly path: string;
  /** The path of one of its files. @param name below `/etc/trino` */
  file(name: string): string;
  /** The same text with places of this machine, and something for what is known later. */
  local(text: string): string;
}

/** A folder in the system's folder for temporary files; whoever asks for it removes it. */
export function writeNodeFolder(
  files: Readonly<Record<string, string>>,
  secretFiles: readonly SecretFile[],
): NodeFolder {
  const path = mkdtempSync(join(tmpdir(), 'cdktf-trino-node-'));
  const [config, secrets] = [join(path, 'etc'), join(path, 'secrets')];
  const local = (text: string) =>
    SECRET_FORMS.reduce((changed, [form, example]) => changed.replace(form, example), text)
      .replaceAll(`${SECRET_FILES_DIRECTORY}/`, `${secrets}/`)
      .replaceAll(`${CONFIG_DIRECTORY}/`, `${config}/`)
      .replace(/\$\{(ENV:|TfToken\[)[^}]*\}/g, ANY_TEXT);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  Object.entries(files).forEach(([name, text]) => {
    write(join(config, name), resolvesEnvironment(name) || name.endsWith('.json') ? local(text) : text);
  });
  secretFiles.forEach((file) => {
    write(join(secrets, file.name), textOf(file));
  });
  return { path, file: (name) => join(config, name), local };
}

function textOf({ name, content }: SecretFile): string {
  return SECRET_TEXTS[name] ?? content.map((part) => (typeof part === 'string' ? part : ANY_TEXT)).join('');
}
