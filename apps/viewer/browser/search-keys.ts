/** Keys of the search page: `/` to the box, `j` and `k` along the entries, whose links Enter opens. */
export function listenToKeys(box: HTMLInputElement | null): void {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isWriting(event.target)) return;
    if (event.key === '/' && box !== null) box.select();
    else if (event.key === 'j') move(1);
    else if (event.key === 'k') move(-1);
    else return;
    event.preventDefault();
  });
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** To the next entry, or the one before; from elsewhere to the first. */
function move(by: number): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('#rows a.open')];
  const row = document.activeElement?.closest('tr');
  const at = links.findIndex((link) => row !== undefined && row === link.closest('tr'));
  const next = links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
