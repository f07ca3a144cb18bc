import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { buildConnector, errors } from 'undici';
import { readFingerprint, refusalOf } from './server-certificate.ts';

export interface TlsOptions {
  /** Milliseconds for a handshake. */
  readonly connectTimeout: number;
  /** The certificate authorities to trust, as PEM; null: those that Node brings along. Asked for once, when needed. */
  readonly certificates: () => readonly string[] | null;
  /**
   * The SHA-256 fingerprint of the server's certificate that the person trusts, whoever signed it; null, or anything
   * that is no fingerprint: none.
   */
  readonly certificate: string | null;
  /** Certificates that the person trusts as authorities of this server, or as its own one, whatever its name and time. */
  readonly imported: readonly X509Certificate[];
}

/** TLS over sockets that are open already. Rejects when the other end is not to be trusted; nothing was sent then. */
export interface TlsLayer {
  /** With the service itself. Rejects with a `CertificateRefusedError` where its certificate is the reason. */
  toServer(socket: Socket, server: URL): Promise<Socket>;
  /** With a proxy on the way there. What the person trusts is the service: here the authorities decide alone. */
  toProxy(socket: Socket, proxy: URL): Promise<Socket>;
}

export function createTlsLayer(options: TlsOptions): TlsLayer {
  const { connectTimeout, certificates, certificate, imported } = options;
  const trusted = certificate === null ? null : readFingerprint(certificate);
  const fingerprints = imported.map(({ fingerprint256 }) => fingerprint256);
  const ofProxies = once(() => authorities(certificates()));
  const ofServer =
    imported.length === 0
      ? ofProxies
      : once(() => authorities([...(certificates() ?? tls.rootCertificates), ...imported.map(String)]));

  function handshake(
    socket: Socket,
    whom: URL,
    known: ReturnType<typeof authorities>,
    rejectUnauthorized: boolean,
  ): Promise<tls.TLSSocket> {
    const { hostname: host, protocol, port } = whom;
    const options = {
      ...known,
      allowH2: false,
      timeout: connectTimeout,
      rejectUnauthorized,
      // Of a resumed session, the certificate is not looked at again.
      maxCachedSessions: 0,
      // A larger read than undici's own for TLS: four records at a time.
      highWaterMark: 64 * 1024,
    };
    return new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(new errors.ClientDestroyedError());
      buildConnector(options)(
        { hostname: bare(host), host, protocol, port, httpSocket: socket },
        (error, secured) => {
          if (!(secured instanceof tls.TLSSocket)) return reject(error);
          // Node tells of a record that can't be read, and leaves the socket as it is: nothing would come over it any more.
          secured.on('error', () => secured.destroy());
          resolve(secured);
        },
      );
      socket.once('close', () => reject(new errors.ClientDestroyedError()));
    });
  }

  return {
    async toServer(socket, server) {
      const secured = await handshake(socket, server, ofServer(), false);
      const refusal = refusalOf(secured, trusted, fingerprints);
      if (!refusal) return secured;
      secured.destroy();
      throw refusal;
    },
    toProxy: (socket, proxy) => handshake(socket, proxy, ofProxies(), true),
  };
}

/** What a handshake goes by. Null: Node's own list. */
const authorities = (ca: readonly string[] | null): { readonly secureContext?: tls.SecureContext } =>
  ca ? { secureContext: tls.createSecureContext({ ca: [...ca] }) } : {};

/** Made when it is needed, and once: reading hundreds of certificates for every connection takes noticeable time. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** An IPv6 address without the brackets that it has in a URL. */
export const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
