import type { Allowed } from '../lib/attack.ts';
import { changeKey } from '../lib/change-key.ts';

export const allowed: Allowed = {
  title: 'the key is changed as it should be',
  happen: changeKey,
};
