import type { RegisterDocument } from '@zegel/log';
import type { Capture, CaptureOptions } from './capture.ts';
import { CaptureError } from './errors.ts';

/**
 * Captures the accesses of a service.
 *
 * @throws CaptureError `DECLARATION_INVALID` without a register or with a wrong name of the service, `GAPS_UNAVAILABLE`
 */
export function createCapture<const R extends RegisterDocument>(options: CaptureOptions<R>): Capture<R> {
  throw new CaptureError('LOG_UNAVAILABLE', `capture of ${options.service} is not ready`);
}
