/**
 * The renderer's own address: `app://cdr-desk/`, served from the built files, with the content security policy
 * on every answer. Nothing else can be reached through it.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';
import { assetPath } from './asset-path.ts';

const SCHEME = 'app';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The page may load its own scripts, styles, images and fonts; it may not send anything anywhere. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** To be called before the application is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves the files of `folder`. A path that leads out of it, or to no file, is 404. */
export function serveApp(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = assetPath(folder, request.url);
    const content = file === null ? null : await readFile(file).catch(() => null);
    if (file === null || content === null) return new Response(null, { status: 404 });
    const nonce = randomBytes(16).toString('base64');
    const isPage = extname(file) === '.html';
    return new Response(isPage ? content.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : content, {
      headers: {
        'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(nonce),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });
}
