import assert from "node:assert/strict";
import { test } from "node:test";
import { encoder, truthTable } from "../../src/data/gates.js";
import { iris } from "../../src/data/iris.js";
import { dataset } from "../../src/data/ownData.js";
import { classAnswered, classOf, hasClasses } from "../../src/verdict/classes.js";

test("classOf() counts the lower target and the first output from 0, and hasClasses() knows who has none", () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((row) => classOf(truthTable("and"), row)),
    [0, 0, 0, 1],
  );
  assert.deepEqual(
    [0, 50, 149].map((row) => classOf(iris(), row)),
    [0, 1, 2],
  );
  const numbers = dataset([[0], [1], [2]], [0.5, 1, 7]);
  const several = dataset(
    [[0], [1]],
    [
      [0, 1],
      [1, 1],
    ],
  );
  assert.deepEqual([truthTable("or"), iris(), numbers, several].map(hasClasses), [true, true, false, false]);
  assert.equal(hasClasses(encoder()), encoder().task === "classes");
});

test("classAnswered() is undefined between two classes, and where an answer is no number", () => {
  const table = truthTable("or");
  assert.deepEqual(
    [0, 1, 2, 3].map((row) => classAnswered([0.2, 0.5, 0.7, Number.NaN], table, row)),
    [0, undefined, 1, undefined],
  );
  const of = (...answers: number[]) => classAnswered(answers, iris(), 0);
  assert.deepEqual(
    [of(1, 2, 3), of(3, 1, 2), of(2, 2, 1), of(1, Number.NaN, 0)],
    [2, 0, undefined, undefined],
  );
});
