import type { Language } from '../http/preferences.ts';
import type { RowFinding } from '../search/find-page.ts';
import { ASIDE } from '../texts/search-aside.ts';
import { SEARCH } from '../texts/search.ts';
import type { Html } from './html.ts';

/** What is not as it should be, in red. */
export function Findings(props: {
  readonly language: Language;
  readonly findings: readonly RowFinding[];
}): Html {
  const { language, findings } = props;
  const words = SEARCH[language];
  if (findings.length === 0) return <></>;
  return (
    <div class="notice bad" role="alert">
      <strong>{words.findings}</strong>
      <ul>
        {findings.map(({ kind, index }) => (
          <li>{words.findingNames[kind](String(index))}</li>
        ))}
      </ul>
    </div>
  );
}

/** What a batch of new entries does not show. */
export function TailNotes(props: {
  readonly language: Language;
  readonly findings: readonly RowFinding[];
  readonly skipped: number;
  /** Where everything is shown. */
  readonly href: string;
}): Html {
  const { language, findings, skipped, href } = props;
  const words = ASIDE[language];
  return (
    <>
      <Findings language={language} findings={findings} />
      {skipped > 0 && (
        <p class="notice warn">
          {words.skipped(skipped.toLocaleString(language))} <a href={href}>{words.skippedLink}</a>
        </p>
      )}
    </>
  );
}
