import { type Consultation, recordConsultation } from '@zegel/reading';
import type { Viewer } from '../env.ts';
import type { Services } from '../services.ts';

/**
 * Appends the entry of a consultation. To be awaited before anything is shown: reading the log is itself processing of
 * personal data, and no request can switch that off.
 *
 * @returns its index
 * @throws HttpError `LOG_UNAVAILABLE`: nothing may be shown
 */
export function consult(
  { logs }: Pick<Services, 'logs'>,
  { name }: Pick<Viewer, 'name'>,
  consultation: Omit<Consultation, 'user'>,
): Promise<number> {
  return logs.use((log) => recordConsultation(log, { ...consultation, user: name }));
}
