// Before any test: tests run what is built, so it must be what the sources say.
import { build } from '../setup.mjs';

export async function setup() {
  const { code, output } = await build();
  if (code !== 0) throw new Error(`the build failed\n${output}`);
}
