/** Bodies up to this length are packed with the dictionary; longer ones bring their own repetitions. */
export const DICTIONARY_LIMIT = 4096;

/**
 * What entries have in common, given to zstd as history (a raw-content dictionary), so that a commit of one
 * entry shrinks, too. Part of layout 1: a change of one byte makes stored logs unreadable. The likeliest
 * comes last, where references to it are shortest.
 */
export const DICTIONARY: Uint8Array = new TextEncoder().encode(
  [
    ',"confidential":true,"flags":["undeclared"],"of":',
    '"reason","persons":[0,2]},{"box":"',
    '"change","persons":[2]}',
    '"kind":"lifecycle","event":"service-ended","kind":"correction","kind":"erasure","ground":"',
    '"kind":"heartbeat","next":"',
    '"kind":"retention","cutoff":"',
    '","rule":"',
    '"handles":["',
    '"ranges":[[',
    '"kind":"hold","state":"placed"',
    '"kind":"gap","count":',
    '"kind":"key","signature":"',
    '"vkey":"',
    '"kind":"register","version":',
    '"kind":"confidentiality","kind":"review","result":"in-order"',
    '{"action":"search","action":"create","action":"update","action":"delete","action":"export","action":"disclose","action":"execute",',
    '{"kind":"anonymous"}',
    '{"kind":"customer","person":{"ptr":"',
    '{"kind":"system","person":{"ptr":"',
    ',"outcome":"begun",',
    '"outcome":"denied",',
    '"outcome":"error",',
    '"part":{"number":1,"of":2},"involvement":"shown","involvement":"related",',
    ',"recipient":"delivery",',
    '"source":{"id":"',
    '","seq":',
    '"onBehalfOf":{"ptr":"',
    '"control":{"index":',
    '","leaf":"',
    '{"action":"read","activity":"dashboard@1","actor":{"kind":"employee","person":{"ptr":"","ref":""},"role":"support"},',
    '"fields":["email","name","address","phone","orders"],"id":"01',
    '-7',
    '-',
    '-8',
    '-9',
    '-a',
    '-b',
    '","index":1,"kind":"access","occurred":"2026-11-2',
    'T1',
    ':00.000Z',
    '","operation":"dashboard.read","outcome":"success","prev":"","recorded":"2026-11-2',
    'T1',
    ':00.000Z","sealed":[{"box":"',
    '","commit":"","part":"origin","persons":[0]}],"service":"dashboard","subjectCount":1,"subjects":[{"involvement":"target","ptr":"","ref":""}],"v":1}',
  ].join(''),
);
