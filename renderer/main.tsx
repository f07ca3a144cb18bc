import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { readBridge } from './bridge/cdr.ts';

const root = document.getElementById('root');
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
if (!root) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <App cdr={readBridge()} styleNonce={nonce} />
  </StrictMode>,
);
