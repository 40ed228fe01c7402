import { encodeQR } from 'qr';
import type { Html } from './html.ts';

/** Empty modules around the code, as readers want them (ISO/IEC 18004 §9.1). */
const QUIET = 4;

/** A text as a QR code, drawn in black on white whatever the theme: readers need the contrast. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }): Html {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  const size = rows.length;
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
