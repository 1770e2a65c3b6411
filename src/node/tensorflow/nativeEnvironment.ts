/** Keeps two remarks of TensorFlow's library out of notebooks. Without oneDNN results also differ less by machine. */
export function tensorFlowQuiet(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "0";
}
