/** How far a clock that is `skewMs` behind another's (less than 0: ahead of it) is from it, for people. */
export function apart(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const far = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
  return `${far} ${skewMs > 0 ? 'behind' : 'ahead of'} the server's`;
}
