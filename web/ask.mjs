// node web/ask.mjs MODULE.wasm QUESTION: asks the model in WebAssembly and prints its answer.
import { readFileSync } from "node:fs";

const [module, text] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(module), {});
const { memory, question, answer, reply } = instance.exports;
const asked = new TextEncoder().encode(text);
const at = question(asked.length);
new Uint8Array(memory.buffer).set(asked, at);
const size = answer();
console.log(new TextDecoder().decode(new Uint8Array(memory.buffer, reply(), size)));
