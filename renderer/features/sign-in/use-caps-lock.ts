import { type KeyboardEvent, useState } from 'react';

/** Whether Caps Lock is on, as far as the last key pressed here tells. */
export function useCapsLock() {
  const [on, setOn] = useState(false);
  const look = (event: KeyboardEvent) => setOn(event.getModifierState('CapsLock'));
  return { on, listeners: { onKeyDown: look, onKeyUp: look } };
}
