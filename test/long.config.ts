import { defineConfig } from 'vitest/config';
import { isWhole } from './long/how-long.ts';

/**
 * Proofs of the download engine: random walks, kills, faulty disks, real servers, two programs at once. Shortened
 * unless `PROOFS=whole` says otherwise.
 */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    environment: 'node',
    testTimeout: (isWhole ? 25 : 4) * 60_000,
    hookTimeout: 60_000,
  },
});
