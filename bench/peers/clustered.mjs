// So many processes of one server on one port, as Node's documentation has it; WORKERS says how many.

import cluster from "node:cluster";

export async function clustered(start) {
  const workers = Number(process.env.WORKERS ?? 1);
  if (workers === 1 || cluster.isWorker) return start();
  for (let i = 0; i < workers; i += 1) cluster.fork();
}
