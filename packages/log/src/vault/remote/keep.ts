import type { RemoteVault } from '../../port.ts';
import type { Handles } from '../handles.ts';
import { encodeHandle } from './handle-object.ts';

/**
 * Ends a round of handles where the log's vault is elsewhere: first there, then in this machine's file. If we crash between
 * the two, or where the first fails, there may be handles that no entry names and this machine does not know: who looks for all
 * handles of a person finds them all the same.
 *
 * @throws `STORE_IO` when the place can't be reached; the round is then undone
 */
export async function keepElsewhere(handles: Handles, remote: RemoteVault): Promise<void> {
  try {
    await remote.put(handles.made.map((row) => ({ number: row.number, body: encodeHandle(row) })));
  } catch (error) {
    handles.rollback();
    throw error;
  }
  handles.commit();
}
