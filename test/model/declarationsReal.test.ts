import assert from "node:assert/strict";
import { test } from "node:test";
import type * as real from "@tensorflow/tfjs";
import type { Callback, FitHistory } from "../../src/model/tensorflow/fitting.js";
import type { AnyLayer, Layer, LayerVariable, SymbolicTensor } from "../../src/model/tensorflow/layer.js";
import type { LayersModel, Model, Sequential } from "../../src/model/tensorflow/model.js";
import type { Optimizer } from "../../src/model/tensorflow/optimizer.js";
import type { Constraint, Initializer, Regularizer } from "../../src/model/tensorflow/parts.js";
import type { IOHandler, ModelArtifacts, SaveResult } from "../../src/model/tensorflow/saving.js";
import type {
  AnyTensor,
  Tensor,
  TensorBuffer,
  TensorContainerArray,
  TensorContainerObject,
  Variable,
} from "../../src/model/tensorflow/tensor.js";
import type { TensorFlow } from "../../src/model/tensorflow/tensorflow.js";
import type { TypedArray } from "../../src/model/tensorflow/values.js";

/*
 * Our declarations of TensorFlow.js against its own. What is checked here is checked by the compiler: if a declaration
 * of ours promised what TensorFlow.js does not give, or let something in that it does not take, the tests would not
 * compile.
 */

type RealTensorFlow = typeof real;

/** What each type of ours is called there. The first that fits counts. */
type Names = [
  [Variable, real.Variable],
  [Tensor<number>, real.Scalar],
  [Tensor<number[]>, real.Tensor1D],
  [Tensor<number[][]>, real.Tensor2D],
  [Tensor<number[][][]>, real.Tensor3D],
  [Tensor<number[][][][]>, real.Tensor4D],
  [Tensor, real.Tensor],
  [AnyTensor, real.Tensor],
  [TensorBuffer, real.TensorBuffer<real.Rank>],
  [Sequential, real.Sequential],
  [LayersModel, real.LayersModel],
  [Layer, real.layers.Layer],
  [AnyLayer, real.layers.Layer],
  [SymbolicTensor, real.SymbolicTensor],
  [LayerVariable, real.LayerVariable],
  [Optimizer, real.Optimizer],
  [Initializer, ReturnType<RealTensorFlow["initializers"]["ones"]>],
  [Regularizer, ReturnType<RealTensorFlow["regularizers"]["l1"]>],
  [Constraint, ReturnType<RealTensorFlow["constraints"]["nonNeg"]>],
  [Callback, real.EarlyStopping],
  [FitHistory, real.History],
  [IOHandler, real.io.IOHandler],
  [ModelArtifacts, real.io.ModelArtifacts],
  [SaveResult, real.io.SaveResult],
  [TensorContainerObject, real.TensorContainerObject],
  [TensorContainerArray, real.TensorContainerArray],
];
type Called<Ours, List = Names> = List extends [[infer Here, infer There], ...infer Rest]
  ? [Ours, Here] extends [Here, Ours]
    ? There
    : Called<Ours, Rest>
  : never;

/** A type of ours in TensorFlow.js's own types. */
type Translated<Ours> = unknown extends Ours
  ? Ours
  : Ours extends string | number | boolean | null | undefined | TypedArray | ArrayBuffer | Date
    ? Ours
    : [Called<Ours>] extends [never]
      ? TranslatedParts<Ours>
      : Called<Ours>;
type TranslatedParts<Ours> =
  Ours extends Promise<infer Value>
    ? Promise<Translated<Value>>
    : Ours extends (...given: infer Given) => infer Result
      ? (
          ...given: Translated<Given> extends infer List extends unknown[] ? List : never
        ) => Translated<Result>
      : { [Key in keyof Ours]: Translated<Ours[Key]> };

/** The members of ours that are untrue: calls that would not be allowed there, results that are something else. */
type Untrue<Ours, Real> = {
  [Key in keyof Ours]-?: Key extends keyof Real
    ? Real[Key] extends Translated<Ours[Key]>
      ? TooMany<Ours[Key], Real[Key]> extends true
        ? Key
        : never
      : Key
    : Key;
}[keyof Ours];
/** Whether ours takes more arguments. (To the compiler a function may ignore some; to a reader it would be untrue.) */
type TooMany<Ours, Real> = [Ours, Real] extends [
  (...given: infer Here) => unknown,
  (...given: infer There) => unknown,
]
  ? [Here["length"]] extends [There["length"]]
    ? false
    : true
  : false;

/** The options of ours that do not exist there, of functions that take one object. */
type MadeUp<Ours, Real> = {
  [Key in keyof Ours & keyof Real]-?: [Ours[Key], Real[Key]] extends [
    (options: infer Here) => unknown,
    (options: infer There) => unknown,
  ]
    ? Exclude<keyof NonNullable<Here>, keyof NonNullable<There>>
    : never;
}[keyof Ours & keyof Real];
type MadeUpAt<Place extends number, Ours, Real> = [Ours, Real] extends [
  (...given: infer Here extends unknown[]) => unknown,
  (...given: infer There extends unknown[]) => unknown,
]
  ? Exclude<keyof NonNullable<Here[Place]>, keyof NonNullable<There[Place]>>
  : never;

/** Compiles only for a list of nothing. */
const none = <_ extends never>(): true => true;
/** Compiles only where the first type may stand for the second. */
const fits = <_ extends Wider, Wider>(): true => true;

type Classes = "Tensor" | "Variable" | "Sequential" | "LayersModel";

test("TensorFlow promises what TensorFlow.js has", () => {
  assert.ok(none<Untrue<Omit<TensorFlow, Classes>, RealTensorFlow>>());
  assert.ok(fits<RealTensorFlow["Tensor"], abstract new (...parts: never[]) => real.Tensor>());
  assert.ok(fits<RealTensorFlow["Sequential"], abstract new (...parts: never[]) => real.Sequential>());
  assert.ok(none<Untrue<TensorFlow["layers"], RealTensorFlow["layers"]>>());
  assert.ok(none<Untrue<TensorFlow["io"], RealTensorFlow["io"]>>());
  assert.ok(none<Untrue<ReturnType<TensorFlow["engine"]>, ReturnType<RealTensorFlow["engine"]>>>());
});

test("Tensor, Layer, Optimizer and the models promise what TensorFlow.js's have", () => {
  assert.ok(none<Untrue<Tensor, real.Tensor>>());
  assert.ok(none<Untrue<Pick<Variable, "assign" | "name" | "trainable">, real.Variable>>());
  assert.ok(none<Untrue<Layer, real.layers.Layer>>());
  assert.ok(none<Untrue<Omit<LayersModel, "getLayer">, real.LayersModel>>());
  assert.ok(none<Untrue<Omit<Sequential, "getLayer">, real.Sequential>>());
  assert.ok(none<Untrue<Optimizer, real.Optimizer>>());
  assert.ok(fits<real.LayersModel["getLayer"], Translated<LayersModel["getLayer"]>>()); // overloaded: cannot be counted
});

test("layers, initializers, callbacks and models have no option that TensorFlow.js does not have", () => {
  assert.ok(none<MadeUp<TensorFlow["layers"], RealTensorFlow["layers"]>>());
  assert.ok(none<MadeUp<TensorFlow["initializers"], RealTensorFlow["initializers"]>>());
  assert.ok(none<MadeUp<TensorFlow["regularizers"], RealTensorFlow["regularizers"]>>());
  assert.ok(none<MadeUp<TensorFlow["constraints"], RealTensorFlow["constraints"]>>());
  assert.ok(none<MadeUp<TensorFlow["callbacks"], RealTensorFlow["callbacks"]>>());
  assert.ok(none<MadeUpAt<0, TensorFlow["input"], RealTensorFlow["input"]>>());
  assert.ok(none<MadeUpAt<0, Sequential["compile"], real.Sequential["compile"]>>());
  assert.ok(none<MadeUpAt<1, Sequential["predict"], real.Sequential["predict"]>>());
  assert.ok(none<MadeUpAt<1, Sequential["save"], real.Sequential["save"]>>());
  assert.ok(none<MadeUpAt<2, Sequential["evaluate"], real.Sequential["evaluate"]>>());
  assert.ok(none<MadeUpAt<2, Sequential["fit"], real.Sequential["fit"]>>());
});

test("A model, a layer and a tensor of TensorFlow.js itself fit where ours are taken", () => {
  assert.ok(fits<real.Sequential, Model>());
  assert.ok(fits<real.LayersModel, Model>());
  assert.ok(fits<Sequential, Model>());
  assert.ok(fits<real.layers.Layer, Parameters<Sequential["add"]>[0]>());
  assert.ok(fits<real.Tensor2D, Parameters<Sequential["predict"]>[0]>());
});

test("What a save handler is given and gives back is TensorFlow.js's", () => {
  assert.ok(fits<real.io.ModelArtifacts, ModelArtifacts>());
  assert.ok(fits<SaveResult, real.io.SaveResult>());
  assert.ok(fits<real.io.SaveResult, SaveResult>());
});

test("A model and a tensor of ours can be called TensorFlow.js's own, by `as`", () => {
  const model = {} as Sequential as real.Sequential;
  const tensor = {} as Tensor as real.Tensor;
  assert.ok([model, tensor].every((value) => typeof value === "object"));
});

test("Untrue and MadeUp would find an untruth", () => {
  type Lie<Ours> = Untrue<Ours, RealTensorFlow>;
  type LayerLie<Ours> = Untrue<Ours, RealTensorFlow["layers"]>;
  assert.ok(fits<"abs", Lie<{ abs(x: Tensor): string }>>());
  assert.ok(fits<"matMul", Lie<{ matMul(a: symbol, b: Tensor): Tensor }>>());
  assert.ok(fits<"abs", Lie<{ abs(x: Tensor, y: number): Tensor }>>());
  assert.ok(fits<"absolute", Lie<{ absolute(x: Tensor): Tensor }>>());
  assert.ok(fits<"tensor2d", Lie<{ tensor2d(values: number[]): Tensor<number[]> }>>());
  assert.ok(fits<"memory", Lie<{ memory(): { tensors: number } }>>());
  assert.ok(fits<"train", Lie<{ train: { sgd(learningRate: number): Layer } }>>());
  assert.ok(fits<"dense", LayerLie<{ dense(options: { units: string }): Layer }>>());
  assert.ok(fits<"dense", LayerLie<{ dense(options: { unit: number }): Layer }>>());
  assert.ok(fits<"dense", LayerLie<{ dense(options: { units: number; name: number }): Layer }>>());
  type Option = MadeUp<
    { dense(options: { units: number; bias?: boolean }): Layer },
    RealTensorFlow["layers"]
  >;
  assert.ok(fits<"bias", Option>());
});
