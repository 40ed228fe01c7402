import { styleText } from 'node:util';

const paint = (style: 'bold' | 'dim' | 'green' | 'red', text: string): string =>
  styleText(style, text, { stream: process.stdout });

/** Begins a chapter. */
export function chapter(title: string): void {
  process.stdout.write(`\n${paint('bold', title)}\n`);
}

/** A line of the story. */
export function tell(text = ''): void {
  process.stdout.write(text === '' ? '\n' : `  ${text}\n`);
}

/** A line that supports the one before. */
export function aside(text: string): void {
  process.stdout.write(`    ${paint('dim', text)}\n`);
}

/** What a check answered. */
export function answer(good: boolean, text: string): void {
  process.stdout.write(`    ${good ? paint('green', '✓') : paint('red', '✗')} ${text}\n`);
}

/** Something that must hold, or the demo has shown the contrary of what it says. @throws Error when it does not */
export function claim(holds: boolean, text: string): void {
  answer(holds, text);
  if (!holds) throw new Error(`this does not hold: ${text}`);
}

/** `1,234`. */
export function counted(n: number): string {
  return n.toLocaleString('en-US');
}

/** `1 entry`, `2 entries`. */
export function several(n: number, one: string, many = `${one}s`): string {
  return `${counted(n)} ${n === 1 ? one : many}`;
}

/** `0.8 s` since a moment of `performance.now()`. */
export function since(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
