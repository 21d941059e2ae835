// A port that is open: listen.mjs PORT MARK takes the file MARK away when it is,
// so that whoever waits need not guess. A port that is still in use is waited for.
import { createServer } from "node:net";
import { rmSync } from "node:fs";

const [port, mark] = process.argv.slice(2);
const server = createServer((socket) => socket.end());
const listen = () => server.listen(Number(port), "127.0.0.1");
server.on("error", () => setTimeout(listen, 50));
server.on("listening", () => rmSync(mark, { force: true }));
listen();
