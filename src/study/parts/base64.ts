const CHUNK = 8192; // bytes whose letters are made in one call: far fewer than a function may have arguments

/** The bytes of numbers in base64; little-endian, as on every machine that runs JavaScript today. */
export function toBase64(numbers: ArrayBufferView): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const letters: string[] = [];
  for (let i = 0; i < bytes.length; i += CHUNK)
    letters.push(String.fromCharCode(...bytes.subarray(i, i + CHUNK)));
  return btoa(letters.join(""));
}

/** The bytes again; throws if the text is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
