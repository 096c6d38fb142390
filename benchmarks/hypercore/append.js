// Appends to a hypercore as it is asked on standard input: a line `BATCH MILLIS` is answered by the
// number of blocks that were appended, BATCH at a time, in about so many milliseconds.
//
//   node append.js FOLDER BYTES
import { createInterface } from 'node:readline'
import { randomBytes } from 'node:crypto'
import Hypercore from 'hypercore'

const [folder, bytes] = process.argv.slice(2)
const core = new Hypercore(folder)
await core.ready()
const block = randomBytes(Number(bytes))

for await (const line of createInterface({ input: process.stdin })) {
  const [batch, millis] = line.split(' ').map(Number)
  const blocks = batch === 1 ? block : Array(batch).fill(block)
  const end = Date.now() + millis
  let count = 0
  do {
    await core.append(blocks)
    count += batch
  } while (Date.now() < end)
  console.log(count)
}
await core.close()
