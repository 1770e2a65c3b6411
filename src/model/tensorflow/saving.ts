/** A saved model in memory: its structure and weights. */
export interface ModelArtifacts {
  /** The structure. */
  modelTopology?: object | ArrayBuffer;
  /** Names, shapes and kinds of the weights. */
  weightSpecs?: object[];
  /** The weights' bytes, one after another. */
  weightData?: ArrayBuffer | ArrayBuffer[];
  format?: string;
  generatedBy?: string;
  convertedBy?: string | null;
  userDefinedMetadata?: { [name: string]: unknown };
}

/** Where models are saved to and loaded from. */
export interface IOHandler {
  save?(artifacts: ModelArtifacts): Promise<SaveResult>;
  load?(): Promise<ModelArtifacts>;
}

export interface SaveOptions {
  /** Only the weights that training changes; false unless given. */
  trainableOnly?: boolean;
  /** Also what the optimizer remembers; false unless given. */
  includeOptimizer?: boolean;
}

export interface SaveResult {
  modelArtifactsInfo: {
    dateSaved: Date;
    modelTopologyType: "JSON" | "GraphDef";
    modelTopologyBytes?: number;
    weightSpecsBytes?: number;
    weightDataBytes?: number;
  };
  errors?: (string | object)[];
}

export interface LoadOptions {
  /** Whether missing or superfluous weights are an error; true unless given. */
  strict?: boolean;
  /** Told how far it is, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  weightPathPrefix?: string;
}

/** `tf.io` */
export interface Files {
  /** A handler that gives the artifacts to a function instead of writing them. */
  withSaveHandler(saveHandler: (artifacts: ModelArtifacts) => Promise<SaveResult>): IOHandler;
  /** A handler that loads what was saved in memory. */
  fromMemory(modelArtifacts: ModelArtifacts | object): IOHandler;
}
