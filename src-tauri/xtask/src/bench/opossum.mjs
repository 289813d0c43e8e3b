// The breaker of the reference, opossum, with the reference's settings: what one call through `fire` costs, beside a bare
// call of the same function. One round for each line on standard input, which names the series; `guard.rs` reads the answers.
import { createInterface } from 'node:readline';
import CircuitBreaker from 'opossum';

// As in core/examples/guard_bench/breaker.rs.
const BATCH = 1_000;
const BATCHES = 10;

const action = async () => 'healthy';
const settings = { timeout: 10_000, errorThresholdPercentage: 50, resetTimeout: 30_000, volumeThreshold: 5 };
const breaker = new CircuitBreaker(action, settings);
const withoutTimer = new CircuitBreaker(action, { ...settings, timeout: false });

const operations = {
  bare_call: action,
  opossum: () => breaker.fire(),
  opossum_without_timer: () => withoutTimer.fire(),
};

for await (const name of createInterface({ input: process.stdin })) {
  const operation = operations[name];
  const values = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < BATCH; call += 1) {
      await operation();
    }
    values.push(Math.round(Number(process.hrtime.bigint() - start) / BATCH));
  }
  console.log(JSON.stringify({ name, values }));
}
// Both hold timers of their own.
breaker.shutdown();
withoutTimer.shutdown();
