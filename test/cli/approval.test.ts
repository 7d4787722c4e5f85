import { PassThrough } from "node:stream";
import { ask } from "../../cli/approval";

/** What comes of a question, when this is typed. */
function typed(keys: string): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = ask("Apply?", { input, output });
  input.write(keys);
  return answer;
}

test("an answer is what was typed, without what surrounds it", async () => {
  expect(await typed(" yes \n")).toBe("yes");
});

test.each([
  ["Ctrl-C", "\x03"],
  ["Ctrl-D", "\x04"],
])("%s in place of an answer is an interruption, and no mistake", async (_key, keys) => {
  await expect(typed(keys)).rejects.toMatchObject({ code: "INTERRUPTED", exitCode: 130 });
});
