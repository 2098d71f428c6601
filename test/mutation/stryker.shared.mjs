/** What both runs of mutation testing have in common. */
export const shared = (name) => ({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  // What runs once, while modules are loaded, would need all tests for each of its mutants.
  ignoreStatic: true,
  concurrency: 1,
  // A loaded machine must not pass a slow test off as an endless loop: those are ended by counting anyway.
  timeoutMS: 30_000,
  timeoutFactor: 4,
  dryRunTimeoutMinutes: 30,
  disableTypeChecks: false,
  tempDirName: `.stryker-tmp/${name}`,
  ignorePatterns: ['.stryker-tmp', 'bench', 'cluster', 'coverage', 'data', 'dist', 'reports'],
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
});
