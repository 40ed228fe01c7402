import type { Attack } from '../lib/attack.ts';
import { changePage, rootPage } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a byte of an index page of the vault is flipped',
  holds: ['vault'],
  tamper: ({ mirror }) => {
    const page = rootPage(mirror, 'handle_scope', 'vault.db');
    changePage(mirror, 'vault.db', page, (bytes) => {
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    });
  },
  want: [{ code: 'store-damaged' }],
};
