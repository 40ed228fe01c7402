import { openLog } from '@zegel/log';
import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { event } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of a handle is flipped that no entry names',
  holds: ['vault'],
  tamper: async ({ dir, keys }) => {
    // A batch that is refused when its handles are made already.
    const twice = { id: 'twice', subjects: [{ type: 'customer', id: 'nobody' }] };
    {
      await using log = await openLog(dir, { keys });
      const refused = await log.append([event(0, twice), event(1, twice)]).then(
        () => false,
        () => true,
      );
      if (!refused) throw new Error('the batch was not refused');
    }
    inFile(
      dir,
      (db) => {
        flipByte(db, 'handle', 'box', 'rowid = (SELECT max(rowid) FROM handle)', 20);
      },
      'vault.db',
    );
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { counterpart: 'handle-unnamed-flipped' },
};
