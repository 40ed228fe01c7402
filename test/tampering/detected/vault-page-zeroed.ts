import type { Attack } from '../lib/attack.ts';
import { changePage, rootPage } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a page of the vault is zeroed',
  holds: ['vault'],
  tamper: ({ mirror }) => {
    const page = rootPage(mirror, 'handle', 'vault.db');
    changePage(mirror, 'vault.db', page, (bytes) => {
      bytes.fill(0);
    });
  },
  want: [{ code: 'store-damaged' }],
};
