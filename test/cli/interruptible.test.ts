import { interruptible } from "../../cli/interruptible";

test.each(["SIGINT", "SIGTERM"] as const)("%s is told to the work, which ends as it sees fit", async (name) => {
  const before = process.listenerCount(name);
  const result = interruptible(async (signal) => {
    await new Promise<void>((told) => signal.addEventListener("abort", () => told()));
    return "taken away";
  });
  process.emit(name);
  expect(await result).toBe("taken away");
  expect(process.listenerCount(name)).toBe(before);
});
