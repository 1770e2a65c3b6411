/** The part of the WebAssembly interface that we use; the compiler's libraries have it only together with the whole DOM. */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { env: { memory: Memory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number }) => Memory;
}

/** A compiled module; opaque. */
export interface CompiledModule {
  readonly [Symbol.toStringTag]?: string;
}

interface Memory {
  readonly buffer: ArrayBuffer;
}

export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;
