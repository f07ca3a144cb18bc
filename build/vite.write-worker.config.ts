import { nodeBundle } from './node-bundle.ts';

/** The thread that writes and hashes what arrives, for the main process and for the command line. */
export default nodeBundle('downloads/write-worker', 'write-worker');
