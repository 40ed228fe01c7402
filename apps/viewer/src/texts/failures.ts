import type { HttpErrorCode } from '../http/http-error.ts';
import type { Texts } from './texts.ts';

/** What pages say of refusals; a code that is not here speaks for itself. */
export const FAILURES: Texts<Partial<Record<HttpErrorCode, string>>> = {
  nl: {
    NOT_FOUND: 'Hier is niets.',
    SIGN_IN: 'U bent niet (meer) ingelogd.',
    PERMISSION_MISSING: 'Uw rol laat dit niet toe. De poging staat in het logboek.',
    CSRF: 'Dit kwam niet van een pagina van deze viewer. Laad de pagina opnieuw en probeer het nog eens.',
    METHOD_WRONG: 'Zo wordt hier niet gevraagd.',
    BODY_TOO_LARGE: 'Wat u stuurde is te groot.',
    LOG_UNAVAILABLE: 'Het logboek is nu niet bereikbaar. Zonder logboek wordt niets getoond.',
    INTERNAL: 'Er ging hier iets mis; de beheerder krijgt bericht.',
  },
  en: {
    NOT_FOUND: 'There is nothing here.',
    SIGN_IN: 'Nobody is signed in, or not any more.',
    PERMISSION_MISSING: 'Your role does not allow this. The attempt is in the log.',
    CSRF: 'This did not come from a page of this viewer. Load the page again and retry.',
    METHOD_WRONG: 'That is not how this is asked for.',
    BODY_TOO_LARGE: 'What was sent is too large.',
    LOG_UNAVAILABLE: 'The log can’t be reached now. Without it nothing is shown.',
    INTERNAL: 'Something went wrong here; the operator is told.',
  },
};
