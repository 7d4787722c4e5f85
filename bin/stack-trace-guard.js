"use strict";
/*
 * cdktf takes a stack trace of unlimited depth for every token. They cost a third of a large synth and are hardly ever read.
 * With this guard such a trace stays empty; every other one is taken as usual. It must be in place before the first token
 * is made. Left out when ANDAMIO_STACK_TRACES is set: then a resolve error of cdktf shows where its token was made.
 */
const capture = Error.captureStackTrace;

Error.captureStackTrace = function captureStackTrace(target, ...rest) {
  // Nobody but cdktf asks for this depth.
  if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) return capture(target, ...rest);
  Object.defineProperty(target, "stack", { value: "", configurable: true, writable: true });
};
