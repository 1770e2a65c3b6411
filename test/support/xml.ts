import assert from "node:assert/strict";

const TAG =
  /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<&]*(?:&(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos);[^"<&]*)*")*)\s*(\/?)>/y;
const TEXT = /(?:[^<&]|&(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos);)+/y;

/** Asserts that a text is one well-formed XML element: tags nest, attributes are quoted once, no character is forbidden. */
export function assertWellFormed(xml: string): void {
  assert.doesNotMatch(
    xml,
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u,
    "a forbidden character",
  );
  for (const [, code] of xml.matchAll(/&#(\d+);/g)) assert.ok(Number(code) >= 32, `&#${code}; is forbidden`);
  const open: string[] = [];
  let elements = 0;
  for (let at = 0; at < xml.length; ) {
    TEXT.lastIndex = at;
    TAG.lastIndex = at;
    const text = TEXT.exec(xml);
    const tag = text ? null : TAG.exec(xml);
    assert.ok(text || tag, `neither tag nor text: ${xml.slice(at, at + 80)}`);
    assert.ok(!text || open.length > 0, `text outside of the element: ${text?.[0].slice(0, 80)}`);
    at += (text ?? tag)![0].length;
    if (!tag) continue;
    const [, closing, name, attributes, empty] = tag;
    const names = [...attributes.matchAll(/([\w:-]+)=/g)].map((match) => match[1]);
    assert.equal(new Set(names).size, names.length, `an attribute twice in <${name}>`);
    if (closing) assert.equal(open.pop(), name);
    else {
      if (open.length === 0) elements += 1;
      if (!empty) open.push(name);
    }
  }
  assert.deepEqual(open, []);
  assert.equal(elements, 1);
}
