import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the bounds of the times in the index are edited',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        db.exec('UPDATE segment SET high = high - 1');
      },
      'index.db',
    ),
  want: [{ code: 'index-differs', index: 0 }],
};
