// A real OpenID provider on this machine, by https: node provider.mjs MODULES KEY CERTIFICATE HOW
// HOW is up, or a way in which it is broken: issuer, keys, away. Prints its place when it listens.
import {readFileSync} from "node:fs";
import {createServer} from "node:https";

const [modules, key, certificate, how] = process.argv.slice(2);
const {default: Provider} = await import(modules + "/oidc-provider/lib/index.js");
const server = createServer({key: readFileSync(key), cert: readFileSync(certificate)});
server.listen(0, "127.0.0.1", () => {
  const place = "https://127.0.0.1:" + server.address().port;
  const issuer = how === "issuer" ? place + "/other" : place;
  const provider = new Provider(issuer, {clients: [], cookies: {keys: ["of a test"]}});
  const callback = provider.callback();
  server.on("request", (request, response) => {
    if (request.url === "/jwks" && how === "keys") {
      response.setHeader("Content-Type", "application/jwk-set+json");
      response.end('{"keys": [{"kty": "oct", "k": "AA"}]}');
    } else if (request.url === "/jwks" && how === "away") {
      response.statusCode = 503;
      response.end();
    } else {
      callback(request, response);
    }
  });
  console.log(place);
});
