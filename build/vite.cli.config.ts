import { nodeBundle } from './node-bundle.ts';

/**
 * The command line for plain Node. What only some commands need is in files of its own, so that the others start
 * sooner. The packaged application has all of it within its main process.
 */
export default nodeBundle('cli', 'cdr', { codeSplitting: true, chunkFileNames: 'cdr/[name].cjs' });
