#!/usr/bin/env -S node --max-semi-space-size=2
// A small nursery: verification makes much garbage, keeps nothing, and stays below 150 MB with it.
import { isLong, runLean } from './lean.ts';
import { main } from './main.ts';
import { processIo } from './run/process-io.ts';

if (isLong(process.argv.slice(2), process.env)) runLean();
const io = processIo();
process.exitCode = await main(process.argv.slice(2), io);
// Whatever an interrupted command left open must not keep the process.
if (io.signal.aborted) process.exit();
