/**
 * Acts now, or as soon as the mouse button that is down is up. A press on a button takes the focus from the field
 * before: were a remark to appear under the field then, the button would move away from under the press.
 */
export function whenReleased(act: () => void): void {
  if (document.querySelector(':active') === null) act();
  else addEventListener('pointerup', () => setTimeout(act), { once: true });
}
