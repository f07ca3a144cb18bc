import { useState } from 'react';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { SIGN_IN_PATH } from '../features/sign-in/use-account-actions.ts';
import { Shell } from './shell.tsx';

/**
 * The window while nobody is signed in. It begins with the sign-in, and has a location of its own: whoever was signed
 * out by the service is back where they were as soon as they sign in again.
 */
export function SignedOut() {
  const [place] = useState(() => memoryLocation({ path: SIGN_IN_PATH }));
  return (
    <Router hook={place.hook}>
      <Shell account={null} />
    </Router>
  );
}
