// A real OpenID provider on this machine, for one client: node provider.mjs MODULES BACK
// Prints its issuer when it listens.
import {createServer} from "node:http";

const [modules, back] = process.argv.slice(2);
const {default: Provider} = await import(modules + "/oidc-provider/lib/index.js");
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = "http://127.0.0.1:" + server.address().port;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "parallax",
      client_secret: "s3cr/t +:&",
      redirect_uris: [back],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    }],
    scopes: ["openid", "profile", "groups"],
    claims: {openid: ["sub"], profile: ["preferred_username"], groups: ["groups"]},
    conformIdTokenClaims: false,
    pkce: {required: () => true},
    cookies: {keys: ["of a test"]},
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({sub: id, preferred_username: id, groups: ["everybody", id + "s"]}),
    }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
