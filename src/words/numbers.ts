/** A weight as it is written beside its line: two decimals, or as many as show that it is not 0. */
export function written(value: number): string {
  return shortNumber(value).replaceAll("-", "−");
}

function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size < 1e-4) return value.toExponential(0);
  if (size < 0.005) return String(Number(value.toPrecision(1)));
  return size < 100 ? value.toFixed(2) : String(Number(value.toPrecision(3)));
}
