/**
 * Values of which those not asked for in a long time are forgotten: between `max` and twice as many are kept. To
 * look one up costs a look into a map, where an order of last use would have to be kept in step.
 */
export class Recent<Value> {
  private young = new Map<string, Value>();
  private old = new Map<string, Value>();

  constructor(private readonly max: number) {}

  get(key: string): Value | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const again = this.old.get(key);
    if (again !== undefined) this.set(key, again);
    return again;
  }

  set(key: string, value: Value): void {
    if (this.young.size >= this.max) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }
}
