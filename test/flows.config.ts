import { defineConfig } from 'vitest/config';

/** Flows: the real application in a real window. One at a time: each has the machine's attention for itself. */
export default defineConfig({
  test: {
    include: ['test/flows/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/flows/prepare.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
