// Loaded into a command that is measured: writes at its end what it used to the file that BENCH_USED names.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = { cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1_024 };
  writeFileSync(process.env.BENCH_USED, JSON.stringify(used));
});
