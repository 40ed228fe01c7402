// Packs every published package and looks at the tarballs as a consumer would: publint (strict) and attw (esm-only).
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { capture, npm, root, tool } from './process.mjs';

const manifestOf = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

function published() {
  const folders = ['packages', 'apps'].flatMap((name) =>
    readdirSync(join(root, name)).map((each) => `${name}/${each}`),
  );
  return folders.filter((folder) => manifestOf(folder).private !== true);
}

function tarballOf(folder, packed) {
  const { name, version } = manifestOf(folder);
  return join(packed, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}

async function lint(folder, packed) {
  const bytes = readFileSync(tarballOf(folder, packed));
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
  return messages.map((message) => `${folder}: publint: ${formatMessage(message, pkg, { color: false })}`);
}

async function types(folder, packed) {
  const args = [
    tarballOf(folder, packed),
    '--profile',
    'esm-only',
    '--no-emoji',
    '--no-color',
    '--format',
    'ascii',
  ];
  const { code, output } = await capture(tool('attw'), args);
  return code === 0 ? [] : [`${folder}: attw\n${output}`];
}

const packed = mkdtempSync(join(tmpdir(), 'zegel-pack-'));
try {
  const folders = published();
  const pack = await npm([
    'pack',
    '--silent',
    '--pack-destination',
    packed,
    ...folders.map((folder) => `./${folder}`),
  ]);
  if (pack.code !== 0) throw new Error(`npm pack: ${pack.output}`);
  const found = [];
  for (const folder of folders) found.push(...(await lint(folder, packed)), ...(await types(folder, packed)));
  for (const line of found) process.stdout.write(`${line}\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  rmSync(packed, { recursive: true });
}
