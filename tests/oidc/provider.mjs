// A provider of OpenID Connect that nobody here wrote, for tests: whoever comes signs in under any name.
// node provider.mjs PORT REDIRECT_URI
import { Provider } from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: "desk", client_secret: "a secret of the desk", redirect_uris: [redirectUri] }],
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
