import { defineConfig } from 'vitest/config';

/** Unit and integration tests: plain Node, real HTTP on loopback, real files. The flows have a config of their own. */
export default defineConfig({
  test: {
    include: ['test/electron/**/*.test.ts', 'test/renderer/**/*.test.ts', 'test/build/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
});
